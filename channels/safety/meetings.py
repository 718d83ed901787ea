"""Ideas that meet: a message says something when several ideas stand a few words apart.

A line of a pattern file: `pere > moi > frapper / 7 - sport`: in this order, all within 7 words (8 unless said), and nothing
about sport anywhere in the message. `arme + peur`: in any order. `a > b + c`: b after a, and c somewhere near.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from channels.safety.vocabulary import Span, VocabularyError

_NEAR = 8
_END = 1 << 30
Place = Sequence[Span]
"""The words that say the ideas of one chain, in order."""
_LINE = re.compile(r"(?P<ideas>[a-z_ >+]+?)\s*(?:/\s*(?P<near>\d+)\s*)?(?:-\s*(?P<unless>[a-z_ -]+))?")


@dataclass(frozen=True, slots=True)
class Meeting:
    """`chains`: ideas in order; the chains stand within `near` words of the first one; `unless`: ideas that cancel it."""

    chains: tuple[tuple[str, ...], ...]
    near: int
    unless: tuple[str, ...]

    @classmethod
    def of(cls, line: str) -> Meeting:
        """From a line of a pattern file.

        Raises:
            VocabularyError: the line cannot be read.
        """
        match = _LINE.fullmatch(line.strip())
        chains = tuple(tuple(idea.strip() for idea in chain.split(">")) for chain in (match["ideas"] if match else "").split("+"))
        if match is None or not all(idea for chain in chains for idea in chain):
            raise VocabularyError(f"« {line} » : une ligne s'écrit « idee > idee + idee / mots - sauf »")
        unless = tuple(name for name in re.split(r"[\s-]+", match["unless"] or "") if name)
        return cls(chains, int(match["near"] or _NEAR), unless)

    def ideas(self) -> set[str]:
        """Every name that the line uses."""
        return {*self.unless, *(idea for chain in self.chains for idea in chain)}

    def holds(self, said: Mapping[str, Sequence[Span]]) -> bool:
        """True when the meeting takes place among the ideas said in a message."""
        if any(idea not in said for chain in self.chains for idea in chain) or any(idea in said for idea in self.unless):
            return False
        places = [list(_places(chain, said, self.near)) for chain in self.chains]
        first, *others = places
        return any(all(_beside(place, other, self.near) for other in others) for place in first)


def _places(chain: Sequence[str], said: Mapping[str, Sequence[Span]], near: int) -> Iterable[Place]:
    """From each place of the first idea, the nearest words that say the others in order."""
    for first in said[chain[0]]:
        place = [first]
        for idea in chain[1:]:
            following = said[idea]
            index = bisect_right(following, (place[-1][1], _END))
            if index == len(following):
                return
            place.append(following[index])
        if place[-1][0] - first[0] <= near:
            yield place


def _beside(place: Place, others: Sequence[Place], near: int) -> bool:
    """True when one of the others is near and is made of other words."""
    start, end = place[0][0], place[-1][1]
    index = bisect_left(others, start - near, key=lambda other: other[0][0])
    while index < len(others) and others[index][0][0] <= end + near:
        if all(last < first or begin > final for begin, last in others[index] for first, final in place):
            return True
        index += 1
    return False
