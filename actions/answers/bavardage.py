"""« Ça va ? » : a word back, then the purpose."""

from __future__ import annotations

from actions.fixed_answer import MENU, FixedAnswer
from actions.reply import Reply
from actions.turn import Turn

# Letters typed at random look like small talk to the classifier, but never for sure.
SURE = 0.9


class ActionBavardage(FixedAnswer):
    """Small talk stays small."""

    intent = "bavardage"
    topic = 32
    sentence = "small_talk"
    steps = MENU
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """A word back when it is small talk for sure; otherwise it was not understood."""
        if dict(turn.ranking).get(self.intent, 1.0) < SURE:
            return self.hand_to("nlu_fallback", turn)
        return super().answer(turn)
