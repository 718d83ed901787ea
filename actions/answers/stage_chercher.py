"""« Je trouve pas de stage » : the internships of 3e and 2de, and who helps to find one."""

from __future__ import annotations

from collections.abc import Sequence

from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionStageChercher(SheetAnswer):
    """The service or scheme that the words name."""

    intent = "stage_chercher"
    topic = 18
    handover = 1
    kinds = ("service", "dispositif", "evenement")
    usual = ("service/aide-recherche-stage", "dispositif/stage-3e")
    default = "trouver un stage de 3e ou de 2de"
    missing = "internship_unknown"

    steps = ("immersion", "metier_gouts")

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """The internship of the class that is known."""
        own = {"3e": ("dispositif/stage-3e",), "2de": ("dispositif/stage-2de",)}
        return own.get(turn.get("level") or "", self.usual)
