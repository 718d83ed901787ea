"""The answer to our own question: a button named in words, a trade or a place that we asked for."""

from __future__ import annotations

from typing import Any

from actions.fold import fold
from actions.knowledge import ref_of
from actions.turn import Turn
from actions.understanding.places import read_place
from actions.understanding.subjects import NAMED, named
from actions.understanding.tastes import Likes, likes_in

SHORT_ANSWER_WORDS = 6
TELLING_LETTERS = 5
# « bof », « je sais pas »: no answer, but no other question either.
_SHRUGS = ("nier", "bavardage", "nlu_fallback", "pas_compris", "metier_gouts")
SHRUG_WORDS = 4


def chosen_label(turn: Turn) -> dict[str, Any] | None:
    """The payload of the button whose label was typed or said, or None."""
    folded = fold(turn.text)
    if not folded:
        return None
    for choice in turn.get("choices") or []:
        if fold(choice["label"]) == folded:
            payload: dict[str, Any] = choice["payload"]
            return payload
    return None


def awaited_intent(turn: Turn) -> str | None:
    """The question that this message completes (« quel métier ? » – « coiffeuse »), its slot filled; or None."""
    expecting = turn.get("expecting") or {}
    if not expecting or turn.is_button or len(turn.words) > SHORT_ANSWER_WORDS:
        return None
    if expecting.get("what") != "taste" and turn.intent not in turn.table("conversation")["may_answer"]:
        return None
    filled = _FILLERS.get(expecting.get("what", ""), _nothing)(turn)
    return str(expecting["intent"]) if filled else None


def _fill_place(turn: Turn) -> bool:
    return read_place(turn) is not None


def _fill_trade(turn: Turn) -> bool:
    hits = named(turn, ["metier"], at_least=NAMED)
    if not hits:
        return False
    turn.focus(ref_of(hits[0]))
    return True


def _fill_course(turn: Turn) -> bool:
    hits = named(turn, ["formation", "metier"], at_least=NAMED)
    if not hits:
        return False
    turn.focus(ref_of(hits[0]))
    return True


def _fill_taste(turn: Turn) -> bool:
    """An answer of the exploration in other words (« les maths »), or « bof », which goes on to the next question."""
    kept = turn.get("expecting")["likes"]
    answer = _answer_in_words(turn, turn.table("exploration")[kept["step"]]["answers"])
    short = "?" not in turn.text and len(turn.words) <= SHRUG_WORDS
    # « dehors » looks like a question on working conditions; here it is the answer.
    said = likes_in(turn) if short or turn.intent in _SHRUGS else Likes()
    if answer is None and not said.tastes and not (short and turn.intent in _SHRUGS):
        return False
    likes = Likes.from_slot(kept)
    turn.set("gouts", (likes.plus(answer) if answer else likes.and_also(said)).slot(kept["step"] + 1))
    return True


def _answer_in_words(turn: Turn, answers: list[dict[str, Any]]) -> dict[str, Any] | None:
    said = {word for word in fold(turn.text).split() if len(word) >= TELLING_LETTERS}
    return next((answer for answer in answers if said & set(fold(answer["label"]).split())), None)


def _nothing(turn: Turn) -> bool:
    return False


_FILLERS = {"place": _fill_place, "metier": _fill_trade, "formation": _fill_course, "taste": _fill_taste}
