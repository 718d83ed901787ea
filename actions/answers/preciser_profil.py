"""« J'ai 16 ans », « je suis en 3e » : kept, and the last question again when it depends on it."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.answers.nlu_fallback import PROFILE
from actions.compose import reply_from
from actions.fixed_answer import menu
from actions.reply import Reply
from actions.turn import Turn

NEXT = ("metier_gouts", "apres_diplome", "formation_chercher")


class ActionPreciserProfil(AnswerAction):
    """Says that it is kept, without asking anything it does not need."""

    intent = "preciser_profil"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """Answers again what depends on the level or the age."""
        if not turn.is_button and not PROFILE & turn.changes.keys():
            return self.hand_to("nlu_fallback", turn)
        last = turn.get("last_intent")
        if last in turn.table("conversation")["by_profile"]:
            return self.hand_to(last, turn, text="")
        if "rhythm" in turn.changes and turn.get("metier") and last in turn.table("conversation")["by_trade"]:
            # « et en alternance à Rouen ? » after a trade.
            return self.hand_to("formation_chercher", turn, text="")
        key = "profile_noted_pro" if turn.get("public") == "professionnel" else "profile_noted"
        return reply_from(turn.say(key), quick_replies=menu(turn, NEXT))
