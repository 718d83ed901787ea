"""« Aide permis » : an aid and its conditions as published, never a ruling on a person's right."""

from __future__ import annotations

from typing import Any

from actions.compose import view
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

ASKED_MOST = ("aides-au-permis", "aides-au-transport", "aides-au-logement", "bourses-le-point")


class ActionAides(SheetAnswer):
    """The aid that the words name."""

    intent = "aides"
    topic = 24
    handover = 1
    kinds = ("aide", "dispositif")
    missing = "aid_unknown"

    steps = ("structure_trouver",)

    def unknown(self, turn: Turn) -> Reply:
        """Asks which, with the most asked ones as buttons."""
        reply = super().unknown(turn)
        sheets = (turn.kb.sheet("aide", name) for name in ASKED_MOST)
        reply.quick_replies = [view(sheet) for sheet in sheets if sheet is not None]
        return reply

    def about(self, turn: Turn, sheet: Any) -> Reply:
        """The published conditions, and who decides."""
        reply = super().about(turn, sheet)
        reply.text = f"{reply.text}\n\n{turn.word('aid_no_ruling')}"
        return reply
