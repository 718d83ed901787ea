"""« Une fille peut faire mécanique ? » : the trade is open to all, and what its sheet says of it."""

from __future__ import annotations

import re
from typing import Any

from actions.compose import reply_from, written
from actions.fold import fold, has_word
from actions.knowledge import ref_of
from actions.reply import Reply
from actions.trade_answer import TradeAnswer
from actions.turn import Turn
from actions.understanding.subjects import SURE, named, subject

# « y a des garçons sage-femme ? »: these words hide the name of the trade from the search.
_WHO = re.compile(
    r"\b(?:est[- ]ce qu['e]|(?:il )?y a(?:-t-il)?|des|de|les|beaucoup|bcp|gar[cç]ons?|gars|mecs?|filles?|meufs?"
    r"|(?<!sage-)(?<!sage )femmes?|hommes?)\b",
    re.IGNORECASE,
)
_TOO_LATE = ("trop tard", "trop vieux", "trop vieille", "trop age", "trop agee", "quel age", "limite d age")


class ActionMetierMixite(TradeAnswer):
    """Women, men, age: informs, never assesses."""

    intent = "metier_mixite"
    topic = 8

    def answer(self, turn: Turn) -> Reply:
        """By the trade that is left once the words on who does it are taken away; a handicap has its own sheet."""
        if has_word(fold(turn.text), *turn.table("words")["handicap"]):
            return self._with_a_handicap(turn)
        if not named(turn, ["metier"], at_least=SURE):
            hits = named(turn, ["metier"], text=_WHO.sub(" ", turn.text), at_least=SURE)
            if hits:
                turn.focus(ref_of(hits[0]))
                turn.given = turn.given | {"metier"}
        return super().answer(turn)

    def _with_a_handicap(self, turn: Turn) -> Reply:
        trade = subject(turn, "metier").ref
        if trade:
            turn.focus(trade)
        reply = self.hand_to("handicap_parcours", turn)
        lead = turn.word("mixite_handicap", title=trade["title"]) if trade else turn.word("mixite_handicap_any")
        reply.text = f"{lead}\n\n{reply.text}"
        reply.sms = f"{lead} {reply.sms or ''}".strip()
        reply.topic = self.topic
        return reply

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
        if all(hit.score < SURE for hit in hits):
            return self.without_trade(turn)
        reply = super().which_of(turn, hits)
        reply.text = turn.say("mixite_any").text
        return reply

    def without_trade(self, turn: Turn) -> Reply:
        """Open to all, whatever the trade."""
        turn.set("expecting", {"what": "metier", "intent": self.intent})
        return reply_from(turn.say("mixite_any"))
