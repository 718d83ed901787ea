"""« CAP pâtisserie près de Dieppe » : diplomas and courses for a trade or a diploma, a place, a level, a rhythm."""

from __future__ import annotations

from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.course_replies import courses_reply, offer_reply
from actions.course_search import OFFER, course_focus, find_courses
from actions.reply import Reply, ask
from actions.turn import Turn
from actions.understanding.places import place_name


class ActionFormationChercher(AnswerAction):
    """Shows the diploma, then where it is taught; narrows with questions when too much matches."""

    intent = "formation_chercher"
    topic = 9

    def answer(self, turn: Turn) -> Reply:
        """The courses for what the words name or for what was spoken of; asks the field otherwise."""
        offer = self._chosen_offer(turn)
        if offer is not None:
            return offer_reply(turn, offer)
        focus = course_focus(turn)
        if focus is None:
            return self._ask_field(turn)
        return courses_reply(turn, focus, find_courses(turn, focus))

    def asked(self, turn: Turn) -> str:
        """Names the course or the trade searched for."""
        return super().asked(turn)

    def _chosen_offer(self, turn: Turn) -> Any:
        """The course at a place that was pointed at; the diploma stays the subject of the conversation."""
        if "formation" not in turn.given:
            return None
        sheet = turn.kb.sheet("formation", turn.get("formation")["id"])
        if sheet is None or sheet.card_level != OFFER:
            return None
        turn.set("formation", turn.slots.get("formation"))
        return sheet

    def _ask_field(self, turn: Turn) -> Reply:
        turn.set("expecting", {"what": "formation", "intent": self.intent})
        buttons = [ask(turn.word("label_metier_gouts"), "metier_gouts")]
        place = place_name(turn)
        if place:
            return reply_from(turn.say("course_ask_field_there", place=place), quick_replies=buttons)
        return reply_from(turn.say("course_ask_field"), quick_replies=buttons)
