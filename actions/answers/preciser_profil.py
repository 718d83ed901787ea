"""« J'ai 16 ans », « je suis en 3e » : kept, and the last question again when there is one."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.fixed_answer import menu
from actions.reply import Reply
from actions.turn import Turn


class ActionPreciserProfil(AnswerAction):
    """Says that it is kept, without asking anything it does not need."""

    intent = "preciser_profil"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """What the last sheet says for such a person; otherwise that it is kept."""
        if turn.subject and turn.found.needs:
            return self.hand_to("question", turn)
        key = "profile_noted_pro" if turn.get("public") == "professionnel" else "profile_noted"
        return reply_from(turn.say(key), quick_replies=menu(turn))
