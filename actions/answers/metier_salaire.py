"""« Ça gagne combien un couvreur ? » : the dated, sourced pay of the sheet, or that it is not known here."""

from __future__ import annotations

from typing import Any

from actions.compose import reply_from, written
from actions.reply import Reply
from actions.trade_answer import TradeAnswer
from actions.turn import Turn
from knowledge_base.dates import french_date


class ActionMetierSalaire(TradeAnswer):
    """Never a figure without its date."""

    intent = "metier_salaire"
    topic = 4

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """The pay as the sheet says it, or where to look."""
        salary = sheet.data.salary
        if salary is None:
            return reply_from(turn.say("salary_unknown", title=sheet.title))
        said = turn.say("salary_known", title=sheet.title, text=salary.text, date=french_date(salary.as_of))
        return Reply(written(turn, sheet, said.text), sms=said.text, spoken=said.text)
