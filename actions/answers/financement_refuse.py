"""A refused financing, an unpaid trainee: what exists, and a person takes over."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionFinancementRefuse(SheetAnswer):
    """Says what is known and hands over."""

    intent = "financement_refuse"
    topic = 25
    handover = 2
    untold = ("Pour qui",)
    kinds = ("dispositif", "aide")
    usual = ("dispositif/financement-refuse",)
    missing = "funding_refused"
    steps = ("droits_formation", "aides")
    reason = "financement"

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """A trainee who is not paid has another sheet than a refusal."""
        unpaid = has_word(fold(turn.text), *turn.table("words")["unpaid"])
        return ("dispositif/stagiaire-non-paye",) if unpaid else self.usual
