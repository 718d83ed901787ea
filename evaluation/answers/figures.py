"""The figures of a list: each mark as a share with its interval, for all messages and by group, channel and kind."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from evaluation.answers.listed import Listed
from evaluation.answers.marks import Marks
from evaluation.intervals import Share

# What is reported, in this order, as people read it.
LABELS = {
    "first": "right sheet first",
    "three": "right sheet in three",
    "needs": "needs found",
    "understood": "needs understood",
    "points": "point understood",
    "precise": "answered precision",
    "refused": "wrongly refused",
    "asked": "wrongly asked",
    "out_refused": "out of scope refused",
    "person": "person within reach",
    "alarmed": "text of distress",
}
FEW = 10  # a kind with fewer messages joins « autres »: its interval would say nothing
_ONE_SIDED = 1.645  # 95 %
_LEAST = 4  # messages; fewer say nothing even when all went the same way

Marked = Sequence[tuple[Listed, Marks]]


def list_figures(marked: Marked) -> dict[str, Any]:
    """All figures of one run."""
    kinds = Counter(listed.kind for listed, _ in marked)
    parts: dict[str, Callable[[Listed], str]] = {
        "by_group": lambda one: one.group, "by_channel": lambda one: one.channel,
        "by_kind": lambda one: one.kind if kinds[one.kind] >= FEW else "autres",
    }
    figures: dict[str, Any] = {"all": _shares(marked)}
    for name, of in parts.items():
        values = sorted({of(listed) for listed, _ in marked})
        figures[name] = {value: _shares([pair for pair in marked if of(pair[0]) == value]) for value in values}
    return figures


def _shares(marked: Marked) -> dict[str, Any]:
    return {name: _share([mark for _, marks in marked for mark in _values(marks, name)]).figures() for name in LABELS}


def _values(marks: Marks, name: str) -> tuple[bool, ...]:
    value = getattr(marks, name)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


def _share(values: Sequence[bool]) -> Share:
    return Share(sum(values), len(values))


def hits_of(marked: Marked) -> dict[str, list[str]]:
    """The ids that were right, by mark: kept for the list of every day, to compare message by message."""
    return {"first": [one.id for one, marks in marked if marks.first], "three": [one.id for one, marks in marked if marks.three],
            "needs": [f"{one.id}.{number}" for one, marks in marked for number, met in enumerate(marks.needs) if met],
            "out_refused": [one.id for one, marks in marked if marks.out_refused]}


def drops(before: Mapping[str, Sequence[str]], after: Mapping[str, Sequence[str]]) -> dict[str, tuple[int, int]]:
    """(lost, won) of the marks that got worse by more than noise: of the messages that changed, more were lost than chance loses
    in one of twenty trials (McNemar), and at least four more than were won."""
    moved = {name: (len(set(before[name]) - set(hits)), len(set(hits) - set(before[name])))
             for name, hits in after.items() if name in before}
    return {name: (lost, won) for name, (lost, won) in moved.items()
            if lost - won >= _LEAST and lost - won > _ONE_SIDED * math.sqrt(lost + won)}
