"""« Accueillir un stagiaire », « je cherche un apprenti » : the service for companies, and a person takes over."""

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
    usual = ("service/accueillir-un-stagiaire",)
    default = "entreprise ambassadeurs métiers"
    missing = "company_unknown"
    steps = ("agence_services", "agence_evenements")
    reason = "professionnel"

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """The sheet for what the company wants, by its words; a pupil to take in when they name nothing."""
        said, words = fold(turn.text), turn.table("words")
        wanted = [sheet for sheet, names in words["company_wants"].items() if has_word(said, *names)]
        return wanted or ([] if has_word(said, *words["takes_in"]) else _shown_before(turn)) or self.usual

    def answer(self, turn: Turn) -> Reply:
        """A company is a professional for the advisor who takes over."""
        turn.set("public", "professionnel")
        return super().answer(turn)


def _shown_before(turn: Turn) -> list[str]:
    """The sheet for companies that was just shown: « quelles aides ? » is about it."""
    last = turn.get("sheet") or {}
    shown = f"{last.get('kind')}/{last.get('id')}"
    return [shown] if shown in turn.table("words")["company_wants"] else []
