"""The second net: the channels answer distress before the engine; what still arrives here gets the same care."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.reply import OFFER_PERSON, Reply, hand_over
from actions.turn import Turn

# Below it the classifier takes one in ten figures of speech for distress: numbers and a person are offered, nobody is alerted.
SURE = 0.9


class ActionDetresse(AnswerAction):
    """Sure of it: the numbers first, a person alerted, nothing else. Not sure: the numbers all the same, and a question."""

    intent = "detresse"
    topic = 31
    handover = 3
    takes_words_as_they_are = True

    def answer(self, turn: Turn) -> Reply:
        """A fixed text."""
        if turn.distress != "sure" and dict(turn.ranking).get(self.intent, 1.0) < SURE:
            return reply_from(turn.say("distress_perhaps"), command=OFFER_PERSON)
        return reply_from(turn.say("distress"), command=hand_over("detresse", self.topic, "detresse"))
