"""The frame of the answers about one trade: finds which one, asks when none is known, then lets the answer speak."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import reply_from, same_trade, show
from actions.knowledge import Ref, ref_of
from actions.reply import QuickReply, Reply, ask
from actions.turn import Turn
from actions.understanding.places import place_name
from actions.understanding.subjects import introduces_a_trade, subject

NEXT_STEPS = ("metier_acces", "metier_salaire", "metier_conditions", "metier_recrutement", "metier_proches")
BUTTONS = 3
CHOICES = 4


class TradeAnswer(AnswerAction):
    """An answer to a question on a trade (« ça gagne combien », « on bosse la nuit ? »)."""

    # Whether the question introduces its trade; otherwise the trade just spoken of is meant.
    introduces = False

    @abstractmethod
    def about_trade(self, turn: Turn, sheet: Any) -> Reply:
        """The answer once the trade is known."""

    def answer(self, turn: Turn) -> Reply:
        """Finds the trade, or asks which one."""
        found = subject(turn, "metier", fresh=self.introduces or introduces_a_trade(turn.text))
        if found.ref is None and not self.introduces:
            # « on peut faire carrière ? » brings up no trade after all.
            found = subject(turn, "metier")
        if found.ref is None:
            return self.without_trade(turn)
        if found.undecided:
            return self.which_of(turn, found.hits)
        return self._about(turn, found.ref)

    def without_trade(self, turn: Turn) -> Reply:
        """No trade is named or remembered: asks which one, keeping the place."""
        turn.set("expecting", {"what": "metier", "intent": self.intent})
        place = place_name(turn)
        if place:
            return reply_from(turn.say("trade_ask_with_place", place=place))
        return reply_from(turn.say("trade_ask"))

    def _about(self, turn: Turn, ref: Ref) -> Reply:
        sheet = turn.kb.sheet("metier", ref["id"])
        if sheet is None:
            return self.without_trade(turn)
        turn.focus(ref_of(sheet))
        reply = self.about_trade(turn, sheet)
        card = sheet.to_card()
        # What is numbered in the text is what « la première » points at.
        show(turn, reply.cards or [card])
        reply.cards = [card, *reply.cards]
        if not reply.quick_replies:
            reply.quick_replies = self.next_steps(turn, sheet)
        return reply

    def next_steps(self, turn: Turn, sheet: Any) -> list[QuickReply]:
        """Buttons for the other questions on this trade."""
        others = [intent for intent in NEXT_STEPS if intent != self.intent]
        return same_trade(turn, ref_of(sheet), *others[:BUTTONS])

    def which_of(self, turn: Turn, hits: list[Any]) -> Reply:
        """The words could mean several trades: each is a button."""
        buttons = [ask(hit.title, self.intent, chosen=ref_of(hit)) for hit in hits[:CHOICES]]
        return reply_from(turn.say("trade_which_of"), quick_replies=buttons)
