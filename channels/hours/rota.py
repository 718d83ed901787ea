"""Who is on duty when: a week of shifts on Paris wall clocks, and single days that go before it. Pure reckoning, no database."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Shift:
    """Somebody's hours: every `weekday` (0 = Monday), or on one `day`. An end that is not later is the next day's.

    `team`: only for that team's cases; None: for everybody's.
    """

    id: str
    account_id: str
    starts: time
    ends: time
    weekday: int | None = None
    day: date | None = None
    team: str | None = None

    def is_on(self, day: date) -> bool:
        """True when it begins on this day."""
        return self.day == day if self.day is not None else self.weekday == day.weekday()

    def span(self, day: date) -> tuple[datetime, datetime]:
        """Its first and last moment when it begins on this day, as wall times."""
        start, end = datetime.combine(day, self.starts), datetime.combine(day, self.ends)
        return start, end if end > start else end + _DAY

    def until(self, at: datetime) -> datetime | None:
        """When it ends, if it covers the wall time `at`; else None."""
        spans = [self.span(day) for day in (at.date(), at.date() - _DAY) if self.is_on(day)]
        return next((end for start, end in spans if start <= at < end), None)


def on_duty(shifts: Iterable[Shift], at: datetime, team: str | None = None) -> list[Shift]:
    """Whom to tell at the wall time `at`: the team's own, else those for everybody, else anybody who is on duty.

    A shift of a single day replaces the weekly ones of the same kind.
    """
    covering = [shift for shift in shifts if shift.until(at) is not None]
    own = [shift for shift in covering if team is not None and shift.team == team]
    found = own or [shift for shift in covering if shift.team is None] or covering
    return [shift for shift in found if shift.day is not None] or found


def gaps(shifts: Sequence[Shift], day: date) -> list[tuple[time, time]]:
    """The stretches of a day that nobody covers; an end at midnight is 00:00."""
    free, found = datetime.combine(day, time()), []
    midnight = free + _DAY
    spans = sorted(shift.span(start) for shift in shifts for start in (day - _DAY, day) if shift.is_on(start))
    for start, end in [*spans, (midnight, midnight)]:
        if free < min(start, midnight):
            found.append((free.time(), min(start, midnight).time()))
        free = max(free, end)
    return found
