"""« Hein ? », « plus simple » : the last sheet in its one plain sentence, and a person."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from, view
from actions.fixed_answer import menu
from actions.reply import OFFER_PERSON, Reply
from actions.turn import Turn


class ActionPasCompris(AnswerAction):
    """Says it again in fewer words."""

    intent = "pas_compris"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """The summary of the last sheet; without one, what can be asked."""
        ref = turn.get("sheet")
        sheet = turn.kb.sheet(ref["kind"], ref["id"]) if ref else None
        if sheet is None:
            return reply_from(turn.say("simpler_nothing"), quick_replies=menu(turn), command=OFFER_PERSON)
        said = turn.say("simpler", title=sheet.title, summary=sheet.summary)
        return reply_from(said, cards=[sheet.to_card()], quick_replies=[view(sheet)], command=OFFER_PERSON)
