"""The answer to our own question: a button named in words, an answer of the tastes quiz."""

from __future__ import annotations

from typing import Any

from actions.fold import fold
from actions.turn import Turn
from actions.understanding.rereading import says
from actions.understanding.tastes import Likes, likes_in

SHORT_ANSWER_WORDS = 6
TELLING_LETTERS = 5
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
    if answer is None and not _says_tastes(turn, said) and not _shrugs(turn):
        return False
    likes = Likes.from_slot(kept)
    turn.set("gouts", (likes.plus(answer) if answer else likes.and_also(said)).slot(kept["step"] + 1))
    return True


def _says_tastes(turn: Turn, said: Likes) -> bool:
    """« les animaux »; a longer message that names a sheet is a question (« la formation pour travailler avec les chevaux »)."""
    named = turn.found.needs and turn.found.named
    return bool(said.tastes) and (len(turn.words) <= SHRUG_WORDS or not named)


def _shrugs(turn: Turn) -> bool:
    """« bof », « je sais pas »: no answer, but no other question either."""
    if turn.found.needs and turn.found.named:
        return False
    return len(turn.words) <= SHRUG_WORDS and (turn.intent in _SHRUGS or says(turn, "shrugs"))


def _answer_in_words(turn: Turn, answers: list[dict[str, Any]]) -> dict[str, Any] | None:
    said = {word for word in fold(turn.text).split() if len(word) >= TELLING_LETTERS}
    return next((answer for answer in answers if said & set(fold(answer["label"]).split())), None)
