"""« Et à Caen ? » : the last question again, for that place."""

from __future__ import annotations

from typing import Any

from actions.answer_action import AnswerAction
from actions.answers.structure_trouver import OTHERS, find_button, structure_type
from actions.compose import reply_from
from actions.fixed_answer import menu
from actions.reply import Reply
from actions.turn import Turn
from actions.understanding.nearer import asks_nearer
from actions.understanding.places import place_name
from actions.understanding.subjects import ANOTHER, named

WHAT_THERE = ("formation_chercher", "structure_trouver", "metier_recrutement", "apprentissage_chercher")
TRADE_THERE = ("formation_chercher", "metier_recrutement", "apprentissage_chercher")
COURSES = ("formation", "metier")


class ActionPreciserLieu(AnswerAction):
    """The place is kept; what depends on it is answered again."""

    intent = "preciser_lieu"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """Asks the commune when none is recognised, and the question when there is none."""
        place = place_name(turn)
        learning = turn.table("conversation")["learning"]
        last = "formation_chercher" if turn.get("last_intent") in learning else turn.get("last_intent")
        if asks_nearer(turn):
            return self._nearer(turn, last)
        if "place" not in turn.changes and not turn.is_button:
            turn.set("expecting", {"what": "place", "intent": last if last in self._by_place(turn) else "preciser_lieu"})
            return reply_from(turn.say("place_unknown"))
        if len(turn.words) > 2 and named(turn, COURSES, at_least=ANOTHER):
            # « cap esthétique à Évreux » names its course: it is no follow-up.
            return self.hand_to("formation_chercher", turn)
        if last in self._by_place(turn):
            turn.set("_only_place_is_new", True)
            return self.hand_to(last, turn, text=turn.text)
        if last == "definition" and structure_type(turn.about(self.intent, text=(turn.get("sheet") or {}).get("title", ""))):
            # « c'est quoi la mission locale » – « à Évreux »: the one of that town.
            return self.hand_to("structure_trouver", turn)
        trade = turn.get("metier")
        if trade and last in turn.table("conversation")["by_trade"]:
            said = turn.say("place_noted_for_trade", place=place, title=trade["title"])
            return reply_from(said, quick_replies=menu(turn, TRADE_THERE))
        return reply_from(turn.say("place_noted", place=place), quick_replies=menu(turn, WHAT_THERE))

    def _nearer(self, turn: Turn, last: Any) -> Reply:
        """« Plus près »: nothing nearer is known than what was told; the commune is asked when only an area is known."""
        turn.set("expecting", {"what": "place", "intent": last})
        place = turn.get("place") or {}
        if place.get("kind") != "commune":
            return reply_from(turn.say("nearer_ask"))
        others = [find_button(turn, type_) for type_ in OTHERS]
        return reply_from(turn.say("nearer_unknown"), quick_replies=others, handover=1)

    def _by_place(self, turn: Turn) -> list[str]:
        intents: list[str] = turn.table("conversation")["by_place"]
        return intents
