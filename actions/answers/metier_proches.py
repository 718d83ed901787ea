"""« Infirmière, je veux changer » : trades near the one just named."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, card_of, listed, reply_from, shorten, unique, view, written
from actions.reply import Reply
from actions.trade_answer import TradeAnswer
from actions.turn import Turn

NEAR = 4


class ActionMetierProches(TradeAnswer):
    """Neighbours by the sheet's own links, then by ROME mobility."""

    intent = "metier_proches"
    topic = 7
    handover = 1

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """Up to four trades, each with a button."""
        near = _near(turn, sheet)
        if not near:
            return reply_from(turn.say("neighbours_unknown", title=sheet.title))
        lead = turn.say("neighbours_found", title=sheet.title).text
        text = f"{lead}\n{listed([item.title for item in near])}"
        buttons = [view(item) for item in near[:3]]
        cards = [card_of(item) for item in near]
        return Reply(written(turn, sheet, text), sms=shorten(text, SMS_LENGTH), spoken=text, cards=cards, quick_replies=buttons)


def _near(turn: Turn, sheet: Any) -> list[Any]:
    related = [turn.kb.sheet("metier", other) for other in sheet.data.related]
    found = [other for other in related if other is not None]
    for code in sheet.rome:
        found += turn.kb.neighbours(code)
    return unique(found, apart_from=sheet)[:NEAR]
