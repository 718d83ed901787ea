"""Nothing was understood for sure: a sheet that the words name, close questions, a person; never the same twice."""

from __future__ import annotations

import re
from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import VIEW_INTENT, reply_from, view
from actions.fixed_answer import menu
from actions.fold import fold
from actions.knowledge import ref_of
from actions.reply import OFFER_PERSON, QuickReply, Reply, ask
from actions.turn import Turn
from actions.understanding.profile import bare_answer
from actions.understanding.subjects import ANOTHER, NAMED, SURE, named, wanted
from actions.understanding.tastes import likes_in, says_liking

KINDS = ("metier", "formation", "dispositif", "aide", "service", "terme", "evenement", "structure")
SHORT = 5
PROFILE_WORDS = 8
PROFILE = {"level", "age", "rhythm", "public"}
PLAUSIBLE = 0.08
WORTH_ASKING = 0.75
CLOSE_QUESTIONS = 3
BARE_WORDS = 2
_WISH = re.compile(
    r"\b(?:faire|fer|fair|[êe]tre|etr|devenir|dev[ei]nir|bosser|travailler) (?:comme |dans )?(?P<name>\S.+)$", re.IGNORECASE
)
# « jsais pas trop koi faire », whatever is said around it. On folded text.
_LOST = re.compile(
    r"sai[st]? pas (?:trop |vraiment |encore |du tout )?(?:quoi|koi|kwa|ce que je (?:veux|vais)) (?:faire|fair|fer|fr)\b"
)
# « faire infirmière mais je suis nul en maths »: the name ends where another clause begins.
_NEXT_CLAUSE = re.compile(r"\s*,|\s+(?:mais|m[ée]|mai|parce|car|pour|alors|et)\b", re.IGNORECASE)


class ActionFallback(AnswerAction):
    """Tries what the knowledge base can tell before it says that it did not understand."""

    intent = "nlu_fallback"
    is_question = False

    def name(self) -> str:
        """Rasa's fallback action of our rules."""
        return "action_fallback"

    def answer(self, turn: Turn) -> Reply:
        """A place or a sheet in a few words is answered; otherwise choices are offered."""
        if "place" in turn.changes and len(turn.words) <= (PROFILE_WORDS if _asks_by_place(turn) else SHORT):
            return self.hand_to("preciser_lieu", turn)
        if _tells_the_level(turn):
            return self.hand_to("preciser_profil", turn)
        if _LOST.search(fold(turn.text)):
            return self.hand_to("metier_gouts", turn)
        hits = named(turn, KINDS, at_least=NAMED)
        wished = _wished_trade(turn)
        if wished is not None:
            return self._open(turn, wished)
        if PROFILE & turn.changes.keys() and len(turn.words) <= PROFILE_WORDS:
            return self.hand_to("preciser_profil", turn)
        # In the middle of a conversation, a few words are more often a follow-up than another subject.
        enough = ANOTHER if turn.get("sheet") else SURE
        if hits and len(turn.words) <= SHORT and hits[0].score >= enough:
            return self._open(turn, hits[0])
        if says_liking(turn) and likes_in(turn).tastes:
            return self.hand_to("metier_gouts", turn)
        return self._misunderstood(turn, hits)

    def _open(self, turn: Turn, hit: Any) -> Reply:
        turn.focus(ref_of(hit))
        turn.given = turn.given | {hit.kind, "sheet"}
        return self.hand_to(VIEW_INTENT[hit.kind], turn)

    def _misunderstood(self, turn: Turn, hits: list[Any]) -> Reply:
        times = (turn.get("misunderstood") or 0) + 1
        turn.set("misunderstood", times)
        if times >= 3:
            return self._give_way(turn)
        buttons = _close_questions(turn, hits)
        key = ("not_understood_choices" if buttons else "not_understood") if times == 1 else "not_understood_again"
        reply = reply_from(turn.say(key), quick_replies=(buttons or menu(turn))[:CLOSE_QUESTIONS])
        reply.understood, reply.handover, reply.command = False, 1, OFFER_PERSON
        return reply

    def _give_way(self, turn: Turn) -> Reply:
        """The third time in a row, a person is the answer: what was tried did not help."""
        reply = reply_from(turn.say("not_understood_person"))
        reply.quick_replies = [ask(turn.word(f"label_{name}"), name) for name in ("demander_conseiller", "demander_rappel")]
        reply.understood, reply.handover, reply.command = False, 1, OFFER_PERSON
        return reply


def _asks_by_place(turn: Turn) -> bool:
    tables = turn.table("conversation")
    return turn.get("last_intent") in (*tables["by_place"], *tables["learning"])


def _tells_the_level(turn: Turn) -> bool:
    """« bac », alone, after a search of courses: the level, now known; « bac » elsewhere would mean the diploma."""
    if len(turn.words) > BARE_WORDS or turn.get("last_intent") not in turn.table("conversation")["by_profile"]:
        return False
    level = bare_answer(turn, "level")
    if level:
        turn.set("level", level)
    return level is not None


def _wished_trade(turn: Turn) -> Any:
    """« jsui en 3e et jveu faire boulanger »: the trade that one wants to do, however the rest is said."""
    found = _WISH.search(wanted(turn.text))
    hits = named(turn, ["metier"], text=_NEXT_CLAUSE.split(found["name"])[0], at_least=SURE) if found else []
    return hits[0] if hits else None


def _close_questions(turn: Turn, hits: list[Any]) -> list[QuickReply]:
    """The sheets that the words may name, then the questions that they resemble."""
    worth = [hit for hit in hits if hit.score >= WORTH_ASKING]
    # « CAP » and « CAP (certificat d'aptitude professionnelle) » are one choice.
    apart = {fold(hit.title.split(" (")[0]): hit for hit in reversed(worth[:2])}
    sheets = [view(hit) for hit in reversed(apart.values())]
    # A person is proposed anyway.
    silent = (*turn.table("conversation")["small_talk"], "demander_conseiller", "demander_rappel")
    likely = [name for name, score in turn.ranking if score >= PLAUSIBLE and name not in silent]
    questions = [ask(turn.word(f"label_{name}"), name) for name in likely if turn.runtime.voice.has(f"label_{name}")]
    return [*sheets, *questions][:CLOSE_QUESTIONS]
