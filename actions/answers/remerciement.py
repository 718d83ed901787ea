"""« Merci » : a word back; one more question, or the end."""

from __future__ import annotations

from actions.fixed_answer import FixedAnswer
from actions.reply import Reply, ask
from actions.turn import Turn


class ActionRemerciement(FixedAnswer):
    """Closes gently."""

    intent = "remerciement"
    topic = None
    sentence = "thanks"
    steps = ("aide_usage",)
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """What else can be asked, and a button for those who have finished."""
        reply = super().answer(turn)
        reply.quick_replies.append(ask(turn.word("that_is_all"), "au_revoir"))
        return reply
