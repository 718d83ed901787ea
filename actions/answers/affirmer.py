"""« Oui » : to the only thing that was proposed, or asks which."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.conversation import press
from actions.fixed_answer import menu
from actions.reply import QuickReply, Reply
from actions.turn import Turn


class ActionAffirmer(AnswerAction):
    """Follows the yes where it leads."""

    intent = "affirmer"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """One proposal is taken; several are proposed again; none leads to the menu."""
        if (turn.get("expecting") or {}).get("what") == "place":
            # « Dites-moi votre commune » – « oui »
            turn.set("expecting", turn.get("expecting"))
            return reply_from(turn.say("form_place"))
        if (turn.get("expecting") or {}).get("what") == "taste":
            # « oui vas-y », to the quiz: its question again.
            turn.set("gouts", turn.get("expecting")["likes"])
            return self.hand_to("explorer", turn)
        choices = [choice for choice in turn.get("choices") or [] if "intent" in choice["payload"]]
        if len(choices) == 1:
            return press(self.answers, turn, choices[0]["payload"])
        if choices:
            buttons = [QuickReply(choice["label"], choice["payload"]) for choice in choices]
            return reply_from(turn.say("yes_to_which"), quick_replies=buttons)
        return reply_from(turn.say("yes_menu"), quick_replies=menu(turn))
