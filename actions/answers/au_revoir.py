"""« Au revoir » : what was said in a few words, a note from 1 to 5, and the end."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import joined, reply_from
from actions.reply import Reply, do
from actions.turn import Turn

RECALLED = 3


class ActionAuRevoir(AnswerAction):
    """Closes with what was seen; the channels ask for the note."""

    intent = "au_revoir"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """Names the last sheets, if any."""
        seen = (turn.get("seen") or [])[-RECALLED:]
        said = turn.say("goodbye_after", seen=joined(seen).replace(" ou ", " et ")) if seen else turn.say("goodbye")
        buttons = [do(turn.word("recap_by_sms"), "recap_sms")] if seen else []
        return reply_from(said, command={"name": "feedback"}, quick_replies=buttons)
