"""« Je lâche ma L1 » : how to change course, and the events made for it."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionReorientation(SheetAnswer):
    """The scheme or event of the second orientation; the CIO near the person."""

    intent = "reorientation"
    topic = 15
    handover = 1
    kinds = ("dispositif", "evenement", "service")
    default = "réorientation changer de formation étudiant"
    missing = "reorientation_unknown"
    structure = "cio"
    steps = ("formation_chercher", "metier_gouts")
