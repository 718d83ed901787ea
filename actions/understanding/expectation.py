"""The answer to our own question: a button named in words, an answer of the tastes quiz."""

from __future__ import annotations

from typing import Any

from actions.fold import fold
from actions.turn import Turn
from actions.understanding.tastes import Likes, likes_in

SHORT_ANSWER_WORDS = 6
TELLING_LETTERS = 5
# « bof », « je sais pas »: no answer, but no other question either.
_SHRUGS = ("nier", "bavardage", "pas_compris", "explorer")
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


def answers_the_quiz(turn: Turn) -> bool:
    """Whether these few words answer the question of the quiz; what they tell is then kept for the next one."""
    expecting = turn.get("expecting") or {}
    if expecting.get("what") != "taste" or turn.is_button or len(turn.words) > SHORT_ANSWER_WORDS:
        return False
    kept = expecting["likes"]
    answer = _answer_in_words(turn, turn.table("exploration")[kept["step"]]["answers"])
    said = likes_in(turn)
    shrugs = len(turn.words) <= SHRUG_WORDS and turn.intent in _SHRUGS
    if answer is None and not said.tastes and not shrugs:
        return False
    likes = Likes.from_slot(kept)
    turn.set("gouts", (likes.plus(answer) if answer else likes.and_also(said)).slot(kept["step"] + 1))
    return True


def _answer_in_words(turn: Turn, answers: list[dict[str, Any]]) -> dict[str, Any] | None:
    said = {word for word in fold(turn.text).split() if len(word) >= TELLING_LETTERS}
    return next((answer for answer in answers if said & set(fold(answer["label"]).split())), None)
