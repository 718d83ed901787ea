"""« Je veux parler à un conseiller » : a person, in one step."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.reply import Reply, hand_over
from actions.turn import Turn


class ActionDemanderConseiller(AnswerAction):
    """Hands over at once: the queue when it is open, a call-back otherwise (the channels say which)."""

    intent = "demander_conseiller"
    topic = 29
    handover = 2
    # The question stays the one asked before: that is what the advisor has to know.
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """No question is asked first."""
        return reply_from(turn.say("person_asked"), command=hand_over("demande", self.topic))
