"""« Aide permis » : an aid and its conditions as published, never a ruling on a person's right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.compose import view
from actions.fold import fold, has_word
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

ASKED_MOST = {
    "aides-au-permis": "aid_permis",
    "aides-au-transport": "aid_transport",
    "aides-au-logement": "aid_logement",
    "bourses-le-point": "aid_bourse",
}


class ActionAides(SheetAnswer):
    """The aid that the words name."""

    intent = "aides"
    topic = 24
    handover = 1
    same_everywhere = True
    kinds = ("aide", "dispositif")
    missing = "aid_unknown"

    steps = ("structure_trouver",)

    def answer(self, turn: Turn) -> Reply:
        """A company that asks for aids asks about what it was just told of, not about a driving licence."""
        if turn.get("last_intent") == "professionnel_entreprise" and not self.usual_sheets(turn):
            return self.hand_to("professionnel_entreprise", turn)
        return super().answer(turn)

    def unknown(self, turn: Turn) -> Reply:
        """Asks which, with the most asked ones as buttons."""
        reply = super().unknown(turn)
        sheets = ((turn.kb.sheet("aide", name), label) for name, label in ASKED_MOST.items())
        reply.quick_replies = [view(sheet, turn.word(label)) for sheet, label in sheets if sheet is not None]
        return reply

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """« J'ai pas d'argent pour le bus »: what has to be paid tells which aid."""
        folded = fold(turn.text)
        return [f"aide/{name}" for name, words in turn.table("words")["paid_for"].items() if has_word(folded, *words)]

    def about(self, turn: Turn, sheet: Any) -> Reply:
        """The published conditions, and who decides."""
        reply = super().about(turn, sheet)
        reply.text = f"{reply.text}\n\n{turn.word('aid_no_ruling')}"
        return reply
