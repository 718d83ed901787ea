"""Ideas and the words that say them (patterns/ideas/*.yml), found in one walk over the words of a message.

An entry is a word or a few words, in plain French. `frapper~`: any form of a verb in -er or -ir; `violent+`: feminine and
plural too; `suicid*`: any ending; `ma|mon`: one or the other; `_`: any word; `=other`: everything that says another idea.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

from channels.sounds import KeyWords

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


@dataclass(slots=True)
class _Step:
    """A place in the tree of entries: what may come next, and the ideas that end here."""

    words: dict[str, _Step] = field(default_factory=dict)
    starts: dict[str, _Step] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)

    def next(self, word: str) -> Iterable[_Step]:
        """The steps that this word leads to."""
        for key in (word, "_"):
            if key in self.words:
                yield self.words[key]
        if self.starts:
            yield from (self.starts[word[:size]] for size in range(_SHORTEST, len(word) + 1) if word[:size] in self.starts)

    def all_words(self) -> set[str]:
        """The whole words of all the entries that go on from here."""
        after = [*self.words.values(), *self.starts.values()]
        return {*self.words, *(word for step in after for word in step.all_words())} - {"_"}


class Vocabulary:
    """All ideas together. `read` costs one look-up a word for most words."""

    def __init__(self, ideas: Mapping[str, Iterable[str]], never: Iterable[str] = ()) -> None:
        """`never`: ordinary words that only sound like an entry."""
        self._root = _Step()
        self.names = frozenset(ideas)
        lists = {name: [str(entry) for entry in entries] for name, entries in ideas.items()}
        within = {name: _included(name, lists) for name in lists}
        for name, entries in lists.items():
            told = {name, *(other for other, found in within.items() if name in found)}
            for entry in entries:
                if not entry.startswith("="):
                    self._add(entry, told)
        self._sounds = KeyWords(self._root.all_words(), never)

    def read(self, words: Sequence[str]) -> dict[str, list[Span]]:
        """Where each idea stands, in order of its first word. A word that no entry has counts as the one it sounds like."""
        words = [self._sounds.correct(word) for word in words]
        found: dict[str, list[Span]] = {}
        for at in range(len(words)):
            steps: list[_Step] = [self._root]
            for last in range(at, len(words)):
                steps = [after for step in steps for after in step.next(words[last])]
                if not steps:
                    break
                for step in steps:
                    for idea in step.ends:
                        found.setdefault(idea, []).append((at, last))
        return found

    def _add(self, entry: str, ideas: set[str]) -> None:
        for choice in product(*(_variants(part) for part in entry.split())):
            step = self._root
            for word in choice:
                table = step.starts if word.endswith("*") else step.words
                step = table.setdefault(word.rstrip("*"), _Step())
            step.ends |= ideas


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
