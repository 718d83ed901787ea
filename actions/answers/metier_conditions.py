"""« On bosse la nuit ? » : working conditions of the trade just named."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, reply_from, shorten, written
from actions.reply import Reply
from actions.trade_answer import TradeAnswer
from actions.turn import Turn


class ActionMetierConditions(TradeAnswer):
    """What the sheet says of hours, effort, places of work."""

    intent = "metier_conditions"
    topic = 6

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """The conditions, then a day in the trade."""
        conditions = sheet.data.conditions
        if not conditions:
            return reply_from(turn.say("conditions_unknown", title=sheet.title))
        said = turn.say("conditions_known", title=sheet.title, text=conditions)
        text = written(turn, sheet, said.text, sheet.data.day or "")
        return Reply(text, sms=shorten(said.text, SMS_LENGTH), spoken=said.text)
