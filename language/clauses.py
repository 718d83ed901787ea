"""A message cut into clauses, so that each thing said or asked is read by itself; also when it was dictated."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from functools import cache

from language.phrases import Phrases
from language.tables import table, word_set
from language.words import Word

Span = tuple[int, int]
# A comma in a number (« 1,50 ») and a dot in « 3.5 » end nothing.
_END = re.compile(r"[.!?…\n;:()«»\"]|,|\s[-–—]+\s")
FEWEST = 3  # words of a clause before a dictated one may begin


def ends_between(text: str, left: Word, right: Word) -> bool:
    """Whether punctuation stands between two words."""
    return left.end < right.start and bool(_END.search(text, left.end, right.start))


def clauses_of(text: str, words: Sequence[Word]) -> tuple[Span, ...]:
    """The clauses as spans of words (end excluded), in order, covering every word."""
    cuts = sorted({0, *_cuts(text, words), len(words)})
    return tuple((start, end) for start, end in itertools.pairwise(cuts) if end > start)


def _cuts(text: str, words: Sequence[Word]) -> Iterator[int]:
    forms = [word.normal for word in words]
    last = 0
    for place in range(1, len(words)):
        if ends_between(text, words[place - 1], words[place]) or _joint(forms, place) or _begins(forms, place, last):
            last = place
            yield place


def _joint(forms: Sequence[str], place: int) -> bool:
    if forms[place] in word_set("clauses", "liens"):
        # « du coup », « sauf que »…; « ou alors » joins two names.
        return forms[place - 1] not in {"ou", "et"}
    if forms[place] in {"et", "ou", "ni"}:
        return _opens(forms, place + 1)
    return _links().at(forms, place) is not None


def _opens(forms: Sequence[str], place: int) -> bool:
    return place < len(forms) and (forms[place] in word_set("clauses", "sujets") or _starts().at(forms, place) is not None)


def _begins(forms: Sequence[str], place: int, last: int) -> bool:
    """Whether dictated text goes on with a new clause here: « je suis en troisième j’aimerais… »."""
    if place - last < FEWEST or forms[place - 1] in word_set("clauses", "attaches"):
        return False
    return _starts().at(forms, place) is not None


def _starts() -> Phrases:
    return _cached("debuts")


def _links() -> Phrases:
    return _cached("tournures")


@cache
def _cached(key: str) -> Phrases:
    return Phrases({key: table("clauses")[key]})
