"""« Accueillir un stagiaire » : what the agency does with companies, and a person takes over."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionProfessionnelEntreprise(SheetAnswer):
    """The service for companies that the words name."""

    intent = "professionnel_entreprise"
    topic = 28
    handover = 2
    untold = ("Pour qui",)
    kinds = ("service", "evenement")
    usual = ("service/accueillir-un-stagiaire", "service/ambassadeurs-metiers")
    default = "entreprise ambassadeurs métiers"
    missing = "company_unknown"
    steps = ("agence_services", "agence_evenements")
    reason = "professionnel"

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """A company that shows its trades is an ambassador; one that takes a pupil needs another sheet."""
        return self.usual[::-1] if has_word(fold(turn.text), *turn.table("words")["show_trades"]) else self.usual

    def answer(self, turn: Turn) -> Reply:
        """A company is a professional for the advisor who takes over."""
        turn.set("public", "professionnel")
        return super().answer(turn)
