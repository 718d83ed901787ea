"""« Je lâche ma L1 » : how to change course, and the events made for it."""

from __future__ import annotations

from collections.abc import Sequence

from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionReorientation(SheetAnswer):
    """The scheme or event of the second orientation; the CIO near the person."""

    intent = "reorientation"
    topic = 15
    handover = 1
    untold = ("Pour qui",)
    kinds = ("dispositif", "evenement", "service")
    usual = ("dispositif/reorientation-etudiant",)
    default = "réorientation changer de formation étudiant"
    missing = "reorientation_unknown"
    structure = "cio"
    steps = ("formation_chercher", "metier_gouts")

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """A pupil of the lycée changes otherwise than a student."""
        in_lycee = turn.get("level") in ("2de", "1re", "terminale", "cap") or turn.get("public") == "lyceen"
        return ("dispositif/reorientation-lycee",) if in_lycee else self.usual
