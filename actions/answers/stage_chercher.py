"""« Je trouve pas de stage » : the internships of 3e and 2de, and who helps to find one."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionStageChercher(SheetAnswer):
    """The service or scheme that the words name."""

    intent = "stage_chercher"
    topic = 18
    handover = 1
    kinds = ("service", "dispositif", "evenement")
    default = "trouver un stage de 3e ou de 2de"
    missing = "internship_unknown"

    steps = ("immersion", "metier_gouts")
