"""Ideas and the words that say them (patterns/ideas/*.yml), found in one walk over the words of a message.

An entry is a word or a few words, in plain French. `frapper~`: any form of a verb in -er or -ir; `violent+`: feminine and
plural too; `suicid*`: any ending; `ma|mon`: one or the other; `_`: any word; `=other`: everything that says another idea.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from channels.safety.sounds import KeyWords

_ENDINGS = {
    "er": ("e", "es", "ent", "er", "ez", "ee", "ees", "ais", "ait", "aient", "a", "as", "ai", "era", "erai", "eront", "erais",
           "erait", "eraient"),
    "ir": ("is", "it", "issent", "ir", "i", "ie", "ies", "issez", "issais", "issait", "issaient", "ira", "irai", "iront",
           "irait"),
}
_SHORTEST = 3  # letters before a `*`
# « il veut me tué », « me tuez »: an infinitive is written in every way that sounds like it.
_INFINITIVE = re.compile(r"[a-z]{2,}er")

Span = tuple[int, int]
"""Places of the first and last word."""


class VocabularyError(ValueError):
    """An entry or a name cannot be used; the message names it."""


def verb_forms(verb: str) -> list[str]:
    """« frapper » → frappe, frappes, frappent… The participle present is left out: « agressant » is too near « adressent »."""
    return [verb[:-2] + ending for ending in _ENDINGS[verb[-2:]]]


@dataclass(frozen=True, slots=True)
class _Place:
    """What may stand at one place of an entry."""

    words: frozenset[str]
    starts: tuple[str, ...]
    any_word: bool

    def takes(self, word: str) -> bool:
        """True when this word may stand there."""
        return word in self.words or self.any_word or bool(self.starts and word.startswith(self.starts))


@dataclass(frozen=True, slots=True)
class _Entry:
    """The places after the first one, and the ideas that the whole says."""

    following: tuple[_Place, ...]
    ideas: frozenset[str]

    def stands_at(self, words: Sequence[str], at: int) -> bool:
        """True when it goes on right after the word `at`."""
        if at + len(self.following) >= len(words):
            return False
        return all(place.takes(words[at + step]) for step, place in enumerate(self.following, 1))


class Vocabulary:
    """All ideas together, found by the first two words of their entries: most pairs begin none, and « me me me » begins nothing
    however long it goes on, though hundreds of entries begin with « me »."""

    def __init__(self, ideas: Mapping[str, Iterable[str]], never: Iterable[str] = ()) -> None:
        """`never`: ordinary words that only sound like an entry."""
        self.names = frozenset(ideas)
        self._by_word: dict[str, list[_Entry]] = {}
        self._by_two: dict[tuple[str, str], list[_Entry]] = {}
        self._by_start: dict[str, list[_Entry]] = {}
        self._anyhow: list[_Entry] = []
        lists = {name: [str(entry) for entry in entries] for name, entries in ideas.items()}
        within = {name: _included(name, lists) for name in lists}
        known: set[str] = set()
        for name, entries in lists.items():
            told = frozenset({name, *(other for other, found in within.items() if name in found)})
            for entry in entries:
                if not entry.startswith("="):
                    known |= self._add([_place(part) for part in entry.split()], told)
        self._sounds = KeyWords(known, never)

    def read(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Where each idea stands, in order of its first word. A word that no entry has counts as the one it sounds like."""
        words = [self._sounds.correct(word) for word in words]
        found: dict[str, set[Span]] = {}
        for at, word in enumerate(words):
            for entry in self._beginning_with(word, words[at + 1] if at + 1 < len(words) else ""):
                if entry.stands_at(words, at):
                    for idea in entry.ideas:
                        found.setdefault(idea, set()).add((at, at + len(entry.following)))
        return {idea: sorted(spans) for idea, spans in found.items()}

    def _beginning_with(self, word: str, following: str) -> Iterator[_Entry]:
        yield from self._by_word.get(word, ())
        yield from self._by_two.get((word, following), ())
        yield from self._anyhow
        for size in range(_SHORTEST, len(word) + 1):
            yield from self._by_start.get(word[:size], ())

    def _add(self, places: Sequence[_Place], ideas: frozenset[str]) -> set[str]:
        """Keeps an entry under its first words; gives all its whole words."""
        first, entry = places[0], _Entry(tuple(places[1:]), ideas)
        second = entry.following[0] if entry.following else None
        for word in first.words:
            if second is None or second.any_word or second.starts:
                self._by_word.setdefault(word, []).append(entry)
            else:
                for other in second.words:
                    self._by_two.setdefault((word, other), []).append(entry)
        for start in first.starts:
            self._by_start.setdefault(start, []).append(entry)
        if first.any_word:
            self._anyhow.append(entry)
        return {word for place in places for word in place.words}


@cache
def _place(part: str) -> _Place:
    variants = _variants(part)
    return _Place(frozenset(word for word in variants if word != "_" and not word.endswith("*")),
                  tuple(word[:-1] for word in variants if word.endswith("*")), "_" in variants)


def _variants(part: str) -> list[str]:
    found: list[str] = []
    for word in part.split("|"):
        if word.endswith("~"):
            if word[-3:-1] not in _ENDINGS:
                raise VocabularyError(f"« {word} » n'est pas un verbe en -er ou en -ir")
            found += verb_forms(word[:-1])
        elif word.endswith("+"):
            found += [word[:-1] + ending for ending in ("", "e", "s", "es")]
        elif word.endswith("*") and len(word) <= _SHORTEST:
            raise VocabularyError(f"« {word} » est trop court")
        else:
            found += [word, word[:-1], word[:-1] + "z"] if _INFINITIVE.fullmatch(word) else [word]
    return found


def _included(name: str, lists: Mapping[str, Sequence[str]]) -> set[str]:
    """The ideas that this one takes in, directly or not."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        for entry in lists.get(waiting.pop(), ()):
            other = entry[1:]
            if entry.startswith("=") and other not in found:
                if other not in lists:
                    raise VocabularyError(f"« {name} » reprend « {other} », qui n'existe pas")
                found.add(other)
                waiting.append(other)
    return found
