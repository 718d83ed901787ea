"""« Une fille peut faire mécanique ? » : the trade is open to all, and what its sheet says of it."""

from __future__ import annotations

from typing import Any

from actions.compose import reply_from, written
from actions.reply import Reply
from actions.trade_answer import TradeAnswer
from actions.turn import Turn


class ActionMetierMixite(TradeAnswer):
    """Women, men, age: informs, never assesses."""

    intent = "metier_mixite"
    topic = 8

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """What the sheet says, or that every trade is open."""
        mixite = sheet.data.mixite
        if not mixite:
            return reply_from(turn.say("mixite_unknown", title=sheet.title))
        said = turn.say("mixite_known", title=sheet.title, text=mixite)
        return Reply(written(turn, sheet, said.text), sms=said.text, spoken=said.text)

    def which_of(self, turn: Turn, hits: list[Any]) -> Reply:
        """« mécanique » is many trades, and the answer holds for all of them."""
        reply = super().which_of(turn, hits)
        reply.text = turn.say("mixite_any").text
        return reply

    def without_trade(self, turn: Turn) -> Reply:
        """Open to all, whatever the trade."""
        turn.set("expecting", {"what": "metier", "intent": self.intent})
        return reply_from(turn.say("mixite_any"))
