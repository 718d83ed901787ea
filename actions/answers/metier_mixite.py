"""« Une fille peut faire mécanique ? » : the trade is open to all, and what its sheet says of it."""

from __future__ import annotations

from typing import Any

from actions.compose import reply_from, written
from actions.fold import fold, has_word
from actions.reply import Reply
from actions.trade_answer import TradeAnswer
from actions.turn import Turn

_TOO_LATE = ("trop tard", "trop vieux", "trop vieille", "trop age", "trop agee", "quel age", "limite d age")


class ActionMetierMixite(TradeAnswer):
    """Women, men, age: informs, never assesses."""

    intent = "metier_mixite"
    topic = 8

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """What the sheet says, or that every trade is open."""
        if "age" in turn.changes or has_word(fold(turn.text), *_TOO_LATE):
            said = turn.say("mixite_age", title=sheet.title)
            return reply_from(said)
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
