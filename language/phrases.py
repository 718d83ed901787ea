"""Turns of phrase written in tables, found in the words of a message.

A turn is written as people say it; `a/b` are alternatives, `(a/b)` may be missing, `a*` is any word that begins so, `…` up to
three words in between, `0` any number: « je suis (un/une) etudiant* », « plutot … que ».
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from language.fold import fold_words
from language.tables import TableError

GAP = 3


@dataclass(frozen=True)
class Match:
    """Words `start` to `end` (end excluded) and what they say."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class _Step:
    words: frozenset[str]
    begins: tuple[str, ...]
    optional: bool = False
    gap: bool = False
    number: bool = False

    def takes(self, word: str) -> bool:
        return word in self.words or (self.number and word.isdigit()) or (bool(self.begins) and word.startswith(self.begins))


class Phrases:
    """The turns of a table: value → turns. Looked up by their first two words, so that a message costs what it is long."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._pairs: dict[tuple[str, str], list[_Turn]] = defaultdict(list)
        self._firsts: dict[str, list[_Turn]] = defaultdict(list)
        # Turns that begin with « a* » or a number: tried at every word, so there should be few.
        self._anywhere: list[_Turn] = []
        self._begin: set[str] = set()
        for value, turns in table.items():
            for turn in turns:
                self._add(str(value), str(turn))

    def _add(self, value: str, turn: str) -> None:
        steps = tuple(map(_step, turn.replace("…", " … ").split()))
        while steps and steps[0].optional:
            self._place(value, (replace(steps[0], optional=False), *steps[1:]))
            steps = steps[1:]
        if not steps:
            raise TableError(f"{turn!r} may be nothing at all")
        self._place(value, steps)

    def _place(self, value: str, steps: tuple[_Step, ...]) -> None:
        entry = (value, steps)
        if steps[0].begins or steps[0].number:
            self._anywhere.append(entry)
        seconds, loose = _first_words(steps[1:])
        self._begin |= steps[0].words
        for first in steps[0].words:
            if loose:
                self._firsts[first].append(entry)
            else:
                for second in seconds:
                    self._pairs[first, second].append(entry)

    def _starting(self, words: Sequence[str], start: int) -> Iterable[_Turn]:
        word = words[start]
        if word in self._begin:
            yield from (turn for turn in self._firsts.get(word, ()) if _may_go_on(turn[1], words, start + 1))
            if start + 1 < len(words):
                yield from self._pairs.get((word, words[start + 1]), ())
        for turn in self._anywhere:
            if turn[1][0].takes(word):
                yield turn

    def find(self, words: Sequence[str]) -> list[Match]:
        """Every turn in the words, in order; of one value that begins at one word, the longest."""
        found: dict[tuple[int, str], int] = {}
        for start, word in enumerate(words):
            if word not in self._begin and not self._anywhere:
                continue
            for value, steps in self._starting(words, start):
                end = _end(steps, 0, words, start)
                if end is not None and end > found.get((start, value), 0):
                    found[start, value] = end
        return [Match(value, start, end) for (start, value), end in found.items()]

    def at(self, words: Sequence[str], start: int) -> int | None:
        """Where the longest turn that begins at a word ends; None when none does."""
        if start >= len(words) or (words[start] not in self._begin and not self._anywhere):
            return None
        ends = [_end(steps, 0, words, start) for _, steps in self._starting(words, start)]
        return max((end for end in ends if end is not None), default=None)

    def before(self, words: Sequence[str], end: int, reach: int = 8) -> Match | None:
        """The turn that ends just before a word (the longest)."""
        within = words[:end]
        for start in range(max(0, end - reach), end):
            for value, steps in self._starting(words, start):
                if _end(steps, 0, within, start) == end:
                    return Match(value, start, end)
        return None


_Turn = tuple[str, tuple[_Step, ...]]


def _step(text: str) -> _Step:
    if text == "…":
        return _Step(frozenset(), (), optional=True, gap=True)
    optional = text.startswith("(")
    options = [option.strip() for option in text.strip("()").split("/")]
    return _Step(
        words=frozenset(fold_words(option) for option in options if not option.endswith("*") and option != "0"),
        begins=tuple(fold_words(option[:-1]) for option in options if option.endswith("*")),
        optional=optional,
        number="0" in options,
    )


def _may_go_on(steps: Sequence[_Step], words: Sequence[str], place: int) -> bool:
    """Whether a turn's second step fits, or need not: a quick no before the whole turn is tried."""
    if len(steps) == 1 or steps[1].optional:
        return True
    return place < len(words) and steps[1].takes(words[place])


def _first_words(steps: Sequence[_Step]) -> tuple[set[str], bool]:
    """(the words that may come first, whether others, or nothing, may)."""
    words: set[str] = set()
    for step in steps:
        if step.begins or step.gap or step.number:
            return words, True
        words |= step.words
        if not step.optional:
            return words, False
    return words, True


def _end(steps: Sequence[_Step], index: int, words: Sequence[str], position: int) -> int | None:
    """Where the turn ends when its step `index` stands at `position`; the longest reading wins."""
    if index == len(steps):
        return position
    step = steps[index]
    if step.gap:
        ends = (_end(steps, index + 1, words, after) for after in range(position, min(position + GAP, len(words)) + 1))
        return next((end for end in ends if end is not None), None)
    if position < len(words) and step.takes(words[position]):
        end = _end(steps, index + 1, words, position + 1)
        if end is not None:
            return end
    return _end(steps, index + 1, words, position) if step.optional else None
