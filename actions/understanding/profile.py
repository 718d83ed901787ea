"""Who speaks, as far as the words say it: class or level, age, rhythm, public."""

from __future__ import annotations

import re

from actions.fold import fold, has_word
from actions.turn import Turn

_AGE = re.compile(r"\b(?:j ai|jai|g|a|age de|ai|de|fils|fille|avoir|agee?) (1[0-9]|[2-6][0-9]) ?ans\b")
_ONLY_AGE = re.compile(r"^(?:et )?(?:si )?(1[0-9]|[2-6][0-9]) ?ans?\b.{0,12}$")
_NO_AGE = re.compile(
    r"\b(?:depuis|pendant|fait|il y a|experience de|contrat de|cdd de) \d+ ans\b|\b\d+ ans (?:d |de )(?!moins|plus)"
)
_NUMBERS = {
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "dix sept": 17, "dix huit": 18, "dix neuf": 19, "vingt": 20,
}  # fmt: skip
_NUMBER = re.compile(rf"\b(?:{'|'.join(_NUMBERS)})\b(?= ans)")
_AGE_MIN, _AGE_MAX = 10, 69


def read_profile(turn: Turn) -> None:
    """Writes level, age, rhythm and public into the turn when its words say them; never guesses."""
    if turn.is_button:
        return
    folded = fold(turn.text)
    rules = turn.table("profile")
    for slot in ("level", "rhythm", "public"):
        value = _first(rules[slot], folded)
        if value and slot not in turn.given and not _is_refused(turn, rules[slot][value]):
            turn.set(slot, value)
    age = age_in(folded)
    if age:
        turn.set("age", age)


def _is_refused(turn: Turn, patterns: list[str]) -> bool:
    """« pas à distance »; « en présentiel » refuses it too."""
    if "a distance" in patterns and has_word(turn.mentions.rest, *turn.table("words")["on_site"]):
        return True
    return any(re.search(rf"\b(?:{pattern})\b", words) for pattern in patterns for words in turn.mentions.refused)


def age_in(folded: str) -> int | None:
    """The age that a folded sentence gives, in years; « 12 ans d'expérience » is no age."""
    folded = _NUMBER.sub(lambda found: str(_NUMBERS[found.group(0)]), folded)
    if _NO_AGE.search(folded):
        return None
    found = _AGE.search(folded) or _ONLY_AGE.search(folded)
    age = int(found.group(1)) if found else None
    return age if age and _AGE_MIN <= age <= _AGE_MAX else None


def bare_answer(turn: Turn, slot: str) -> str | None:
    """« bac », « école », « adulte »: words that only mean a level or a rhythm when that is what was asked; else None."""
    folded = fold(turn.text)
    answers = turn.table("profile")["when_asked"].get(slot, {})
    return next((str(value) for value, words in answers.items() if has_word(folded, *words)), None)


def _first(patterns: dict[str, list[str]], folded: str) -> str | None:
    for value, alternatives in patterns.items():
        if any(re.search(rf"\b(?:{pattern})\b", folded) for pattern in alternatives):
            return value
    return None
