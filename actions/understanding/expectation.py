"""The answer to our own question: a button named in words, a trade or a place that we asked for."""

from __future__ import annotations

from typing import Any

from actions.fold import fold
from actions.knowledge import ref_of
from actions.turn import Turn
from actions.understanding.places import read_place
from actions.understanding.subjects import NAMED, named

SHORT_ANSWER_WORDS = 6


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
    if turn.intent not in turn.table("conversation")["may_answer"]:
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


def _fill_age(turn: Turn) -> bool:
    from actions.understanding.profile import age_in

    digits = fold(turn.text)
    age = age_in(digits if "ans" in digits else f"{digits} ans")
    if age:
        turn.set("age", age)
    return bool(age)


def _nothing(turn: Turn) -> bool:
    return False


_FILLERS = {"place": _fill_place, "metier": _fill_trade, "formation": _fill_course, "age": _fill_age}
