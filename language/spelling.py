"""SMS spelling written out, from the one table `tables/sms.yml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from language.tables import TableError, run, table

Run = tuple[str, ...]
# « jpense »: a pronoun that lost its vowel. Not « jpo », « jdc »: a vowel must follow.
_JOINED = re.compile(r"j([bcdfgklmnpqrstvz][a-z]*[aeiouy][a-z]+)")
# « lhopital », « dapprendre », « qujai »: a small word that lost its apostrophe.
_ELIDED = re.compile(r"(qu|[djlmnst])([aeiouyh][a-z]{3,})")


@dataclass(frozen=True)
class Spelling:
    """Typed words → words. `phrases` are tried before single words, the longest first."""

    words: Mapping[str, Run]
    phrases: Mapping[Run, Run]
    longest: Mapping[str, int]

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Spelling:
        """Builds it from `mots`, `argot`, `expressions`.

        Raises:
            TableError: an entry is empty, or stands twice.
        """
        entries = [(_typed(part, typed), run(right)) for part, right, typed in _entries(data)]
        _check(entries)
        longest: dict[str, int] = {}
        for typed, _ in entries:
            longest[typed[0]] = max(len(typed), longest.get(typed[0], 0))
        return cls(
            words={typed[0]: right for typed, right in entries if len(typed) == 1},
            phrases={typed: right for typed, right in entries if len(typed) > 1},
            longest=longest,
        )

    def at(self, typed: Sequence[str], position: int, *, elided: bool = False) -> tuple[Run, int]:
        """(the words that stand for what was typed there, how many typed words they replace)."""
        word = typed[position]
        for length in range(min(self.longest.get(word, 1), len(typed) - position), 1, -1):
            right = self.phrases.get(tuple(typed[position : position + length]))
            if right is not None:
                return right, length
        if elided:
            return (word,), 1
        right = self.words.get(word)
        return (right, 1) if right is not None else (self._joined(word), 1)

    def _joined(self, word: str) -> Run:
        match = _JOINED.fullmatch(word)
        return ("je", *self.words.get(match[1], (match[1],))) if match else (word,)


def _entries(data: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for part in ("mots", "accents", "argot", "expressions"):
        for right, spellings in (data.get(part) or {}).items():
            yield from ((part, str(right), str(typed)) for typed in spellings)


def _typed(part: str, typed: str) -> Run:
    # These keep their accents: « jé » is not « je ».
    return (typed.lower(),) if part == "accents" else run(typed)


def elided(word: str) -> tuple[str, str] | None:
    """« lhopital » → (« l », « hopital »), to be believed only when the rest is a known word."""
    match = _ELIDED.fullmatch(word)
    return (match[1], match[2]) if match else None


def _check(entries: list[tuple[Run, Run]]) -> None:
    seen: set[Run] = set()
    for typed, _ in entries:
        if not typed:
            raise TableError("sms.yml: an empty entry")
        if typed in seen:
            raise TableError(f"sms.yml: {' '.join(typed)!r} stands twice")
        seen.add(typed)


def written_out(forms: Sequence[str]) -> list[str]:
    """Folded words with their SMS spellings written out: for texts that were already cut into words."""
    result: list[str] = []
    position = 0
    while position < len(forms):
        right, length = spelling().at(forms, position)
        result += right
        position += length
    return result


@lru_cache(maxsize=1)
def accented() -> frozenset[str]:
    """Spellings that say something only with their accents."""
    return frozenset(typed for part, _, typed in _entries(table("sms")) if part == "accents")


@lru_cache(maxsize=1)
def spelling() -> Spelling:
    """The shipped table."""
    return Spelling.of(table("sms"))
