"""« Non » : nothing is taken; what else could help, and a person."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.conversation import press
from actions.fixed_answer import menu
from actions.reply import OFFER_PERSON, Reply
from actions.turn import Turn
from actions.understanding.plain_acts import drops
from actions.understanding.rereading import says


class ActionNier(AnswerAction):
    """Leaves what was proposed."""

    intent = "nier"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """After a proposal, asks to say it otherwise; otherwise asks what is wanted."""
        ends = [choice for choice in turn.get("choices") or [] if choice["payload"].get("intent") == "au_revoir"]
        if ends:
            # « Avez-vous une autre question ? » – « non c'est bon »
            return press(self.answers, turn, ends[0]["payload"])
        if drops(turn) or says(turn, "enough"):
            return reply_from(turn.say("dropped"))
        key = "no_to_proposal" if turn.get("choices") else "no_menu"
        return reply_from(turn.say(key), quick_replies=menu(turn)[:3], command=OFFER_PERSON)
