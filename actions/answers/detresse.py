"""The second net: the channels answer distress before the engine; what still arrives here gets the same care."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.reply import Reply, hand_over
from actions.turn import Turn


class ActionDetresse(AnswerAction):
    """Numbers first, a person alerted, nothing else."""

    intent = "detresse"
    topic = 31
    handover = 3
    takes_words_as_they_are = True

    def answer(self, turn: Turn) -> Reply:
        """A fixed text."""
        return reply_from(turn.say("distress"), command=hand_over("detresse", self.topic, "detresse"))
