"""What the engine alone takes for distress: a line with numbers and a person, nobody is alerted.

The channels hear distress before the engine, and only they give the fixed text and raise the alarm (channels/safety).
"""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.reply import OFFER_PERSON, Reply
from actions.turn import Turn


class ActionDetresse(AnswerAction):
    """The numbers all the same, and a question: a classifier takes one figure of speech in ten for distress."""

    intent = "detresse"
    topic = 31
    handover = 3
    takes_words_as_they_are = True

    def answer(self, turn: Turn) -> Reply:
        """A fixed text; not understood, so that nothing of it follows what the channels said already."""
        reply = reply_from(turn.say("distress_perhaps"), command=OFFER_PERSON)
        reply.understood = False
        return reply
