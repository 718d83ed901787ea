"""« Ça va ? » : a word back, then the purpose."""

from __future__ import annotations

from actions.compose import reply_from
from actions.fixed_answer import MENU, FixedAnswer
from actions.reply import Reply
from actions.turn import Turn
from actions.understanding.rereading import says


class ActionBavardage(FixedAnswer):
    """Small talk stays small."""

    intent = "bavardage"
    topic = 32
    sentence = "small_talk"
    steps = MENU
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """« attendez, je note »: nobody is hurried."""
        return reply_from(turn.say("take_your_time")) if says(turn, "pauses") else super().answer(turn)
