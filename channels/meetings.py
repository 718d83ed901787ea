"""Ideas that meet: a message says something when several ideas stand a few words apart, in whatever order."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

_NEAR = 9  # words on either side of the first idea


@dataclass(frozen=True, slots=True)
class Meeting:
    """`ideas` (names) all within `near` words of the first one, and none of `unless` anywhere in the message."""

    ideas: tuple[str, ...]
    unless: tuple[str, ...]
    near: int = _NEAR

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Meeting:
        """From a pattern file: `avec` (names of shortcuts), `sauf` (the same), `mots` (distance in words)."""
        return cls(tuple(data["avec"]), tuple(data.get("sauf") or ()), int(data.get("mots") or _NEAR))


class Reading:
    """Where the ideas stand in one message; each idea is looked for once, and only when a meeting needs it."""

    def __init__(self, plain: str, ideas: Mapping[str, re.Pattern[str]]) -> None:
        self._plain, self._ideas = plain, ideas
        self._spaces = [index for index, letter in enumerate(plain) if letter == " "]
        self._found: dict[str, list[int]] = {}

    def holds(self, meetings: Iterable[Meeting]) -> bool:
        """True when one of the meetings takes place."""
        return any(self._takes_place(meeting) for meeting in meetings)

    def _takes_place(self, meeting: Meeting) -> bool:
        places = []
        for idea in meeting.ideas:
            found = self._places(idea)
            if not found:
                return False
            places.append(found)
        first, *others = places
        met = any(all(_near(at, other, meeting.near) for other in others) for at in first)
        return met and not any(self._places(idea) for idea in meeting.unless)

    def _places(self, idea: str) -> list[int]:
        if idea not in self._found:
            matches = self._ideas[idea].finditer(self._plain)
            self._found[idea] = [bisect_left(self._spaces, match.start()) for match in matches]
        return self._found[idea]


def _near(at: int, places: Sequence[int], near: int) -> bool:
    index = bisect_left(places, at - near)
    return index < len(places) and places[index] <= at + near
