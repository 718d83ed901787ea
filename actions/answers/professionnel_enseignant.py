"""« Un kit pour mes 3e » : what the agency does for teachers, and a person takes over."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionProfessionnelEnseignant(SheetAnswer):
    """The service for teachers that the words name."""

    intent = "professionnel_enseignant"
    topic = 28
    handover = 2
    untold = ("Pour qui",)
    kinds = ("service", "evenement")
    usual = ("service/kit-enseignants", "service/ateliers-information-metiers")
    default = "ateliers information-métiers enseignants"
    missing = "teacher_unknown"
    steps = ("agence_services", "agence_evenements")
    reason = "professionnel"

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """A workshop is another service than documents."""
        return self.usual[::-1] if has_word(fold(turn.text), "atelier", "ateliers") else self.usual

    def answer(self, turn: Turn) -> Reply:
        """A teacher is a professional for the advisor who takes over."""
        turn.set("public", "professionnel")
        return super().answer(turn)
