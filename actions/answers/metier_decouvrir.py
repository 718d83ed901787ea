"""« C'est quoi le boulot d'ergo ? » : what the trade is, from its sheet."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, reply_from, shorten, written
from actions.reply import Reply, ask
from actions.trade_answer import TradeAnswer
from actions.turn import Turn
from actions.understanding.places import place_name


class ActionMetierDecouvrir(TradeAnswer):
    """Says what one does in the trade, and proposes the next questions."""

    intent = "metier_decouvrir"
    topic = 1
    introduces = True

    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """The summary and what one does there."""
        said = turn.say("trade_found", title=sheet.title, summary=sheet.summary)
        does = sheet.data.does or ""
        kept = turn.say("place_kept", place=place_name(turn)).text if "place" in turn.changes else ""
        return Reply(written(turn, sheet, said.text, does, kept), sms=shorten(said.text, SMS_LENGTH), spoken=said.text)

    def without_trade(self, turn: Turn) -> Reply:
        """Asks for another name, or proposes to start from what the person likes."""
        turn.set("expecting", {"what": "metier", "intent": self.intent})
        buttons = [ask(turn.word("label_metier_gouts"), "metier_gouts")]
        return reply_from(turn.say("trade_unknown"), quick_replies=buttons)
