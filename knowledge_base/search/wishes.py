"""The level and the rhythm of a course that somebody asks for, in words (« un CAP en alternance ») or as a filter."""

from __future__ import annotations

from typing import cast, get_args

from knowledge_base.language import french
from knowledge_base.schema_kinds import Rhythm
from knowledge_base.search.question import Question
from knowledge_base.search.schema import level_tag, rhythm_tag
from knowledge_base.search.snapshot import Card
from knowledge_base.text import fold

RHYTHMS: tuple[Rhythm, ...] = get_args(Rhythm)
LEVELS = range(3, 9)
# A course that plainly has what was asked for comes before one that says nothing of it, and that one before another.
GRANTED, UNSAID, REFUSED = 0.03, 0.96, 0.8
# A diploma that is not said to be taught at such a rhythm may be taught so somewhere.
ELSEWHERE = 0.95
_LABELS = {"initial": "en formation initiale", "apprentissage": "en apprentissage", "continue": "en formation continue",
           "distance": "à distance"}  # fmt: skip


def level_of(text: str) -> int | None:
    """The European level (3..8) that a filter names: « 5 », « BTS », « bac + 2 »; None when it names none."""
    folded = fold(text).replace("+ ", "+")
    if folded.isdigit():
        return int(folded) if int(folded) in LEVELS else None
    return french().level_hints.get(tuple(folded.split()))


def rhythm_of(text: str) -> Rhythm | None:
    """The rhythm that a filter names: « apprentissage », « alternance », « à distance »; None when it names none."""
    folded = fold(text)
    found = folded if folded in RHYTHMS else french().rhythm_hints.get(tuple(folded.split()))
    return cast("Rhythm | None", found)


def weighed(card: Card, score: float, question: Question) -> tuple[float, str]:
    """(score, words to add to the reason) of a course or a diploma for the level and the rhythm asked for."""
    said, offered = "", card.get("level") == "offre"
    if question.level and score < 1.0:
        level = card.get("diploma_level")
        if level != question.level:
            score *= REFUSED if level else UNSAID
        elif offered:  # the names of courses often leave out « CAP »
            score = _granted(score)
    if question.rhythm:
        rhythms = card.get("rhythms") or []
        if question.rhythm in rhythms:
            score, said = _granted(score), f" ; {_LABELS[question.rhythm]}"
        else:
            score *= (REFUSED if offered else ELSEWHERE) if rhythms else UNSAID
    return score, said


def _granted(score: float) -> float:
    return min(max(score, 0.99), score + GRANTED)


def wished_tags(question: Question) -> list[list[str]]:
    """The tags of a course that has all that was asked for, as groups of alternatives."""
    groups = [[level_tag(question.level)]] if question.level else []
    return groups + ([[rhythm_tag(question.rhythm)]] if question.rhythm else [])
