"""« Je trouve pas de stage » : the internships of 3e and 2de, and who helps to find one."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

_OF_STUDENTS = ("etudiant", "etudiante", "gratification", "bts", "but", "licence", "master", "fac")


class ActionStageChercher(SheetAnswer):
    """The service or scheme that the words name."""

    intent = "stage_chercher"
    topic = 18
    handover = 1
    same_everywhere = True
    untold = ("Pour qui",)
    kinds = ("service", "dispositif", "evenement")
    usual = ("service/aide-recherche-stage", "dispositif/stage-3e")
    default = "trouver un stage de 3e ou de 2de"
    missing = "internship_unknown"
    usual_first = True

    steps = ("immersion", "metier_gouts")

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """The internship of the class that is known."""
        if has_word(fold(turn.text), *_OF_STUDENTS):
            return ("dispositif/stage-etudiant-gratification",)
        own = {"3e": ("dispositif/stage-3e",), "2de": ("dispositif/stage-2de",)}
        return own.get(turn.get("level") or "", self.usual)
