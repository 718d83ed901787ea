"""« Aide permis » : an aid and its conditions as published, never a ruling on a person's right."""

from __future__ import annotations

from typing import Any

from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionAides(SheetAnswer):
    """The aid that the words name."""

    intent = "aides"
    topic = 24
    handover = 1
    kinds = ("aide", "dispositif")
    missing = "aid_unknown"

    steps = ("structure_trouver",)

    def about(self, turn: Turn, sheet: Any) -> Reply:
        """The published conditions, and who decides."""
        reply = super().about(turn, sheet)
        reply.text = f"{reply.text}\n\n{turn.word('aid_no_ruling')}"
        return reply
