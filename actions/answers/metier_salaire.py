"""« Ça gagne combien un couvreur ? » : the dated, sourced pay of the sheet, or that it is not known here."""

from __future__ import annotations

from typing import Any

from actions.compose import reply_from, written
from actions.reply import QuickReply, Reply, ask
from actions.trade_answer import TradeAnswer
from actions.turn import Turn
from knowledge_base.dates import french_date

APPRENTICE_AGE_MAX = 20


class ActionMetierSalaire(TradeAnswer):
    """Never a figure without its date."""

    intent = "metier_salaire"
    topic = 4

    def answer(self, turn: Turn) -> Reply:
        """« C'est payé combien à 16 ans ? » asks what an apprentice earns."""
        if _as_an_apprentice(turn):
            return self.hand_to("apprentissage_salaire", turn)
        return super().answer(turn)

    def next_steps(self, turn: Turn, sheet: Any) -> list[QuickReply]:
        """What an apprentice earns comes first for somebody who spoke of apprenticeship."""
        steps = super().next_steps(turn, sheet)
        if turn.get("rhythm") != "apprentissage":
            return steps
        return [ask(turn.word("label_apprentissage_salaire"), "apprentissage_salaire"), *steps[:2]]

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """The pay as the sheet says it, or where to look."""
        salary = sheet.data.salary
        if salary is None:
            return reply_from(turn.say("salary_unknown", title=sheet.title))
        said = turn.say("salary_known", title=sheet.title, text=salary.text, date=french_date(salary.as_of))
        return Reply(written(turn, sheet, said.text), sms=said.text, spoken=said.text)


def _as_an_apprentice(turn: Turn) -> bool:
    """An age at which one mostly earns as an apprentice, or « en apprentissage », said in this message."""
    age = turn.changes.get("age")
    young = age is not None and age <= APPRENTICE_AGE_MAX
    return not turn.is_button and (young or turn.changes.get("rhythm") == "apprentissage")
