"""« Rappelez-moi lundi » : the call-back form of the channels, which reads the day that was said."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.reply import Reply
from actions.turn import Turn


class ActionDemanderRappel(AnswerAction):
    """Starts the call-back."""

    intent = "demander_rappel"
    topic = 29
    handover = 2
    # The question stays the one asked before: that is what the advisor has to know.
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """The words go along: nobody has to say the day twice."""
        return reply_from(turn.say("callback_start"), command={"name": "callback", "said": turn.text})
