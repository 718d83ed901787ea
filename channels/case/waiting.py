"""How long somebody in the queue still waits: from the place, and the pace at which advisors took people lately.

The pace holds everything at once: how many advisors are there and how long a conversation takes. Without enough of it, nothing
is said rather than a number that means nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

SEEN_FOR = timedelta(hours=2)
_ENOUGH = 3  # people taken
_SHORT, _LONG = 5, 60  # minutes


@dataclass(frozen=True, slots=True)
class Wait:
    """`sentence` of handoff.yml, with its minutes."""

    sentence: str
    minutes: int = 0


def wait_of(position: int, taken_at: Sequence[datetime], instant: datetime) -> Wait:
    """The wait of somebody at `position` (1 = next), when advisors took people at these moments."""
    taken = sorted(moment for moment in taken_at if instant - SEEN_FOR <= moment <= instant)
    if len(taken) < _ENOUGH:
        return Wait("wait_unknown")
    minutes = position * (instant - taken[0]).total_seconds() / 60 / len(taken)
    if minutes < _SHORT:
        return Wait("wait_short")
    return Wait("wait_long") if minutes > _LONG else Wait("wait_minutes", 5 * round(minutes / 5))
