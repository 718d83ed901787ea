"""Instants of an ordinary week, for tests that must hold at any hour: what is said to people depends on the day and the hour."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

import clock
from channels.hours.week import Hours


def monday_morning() -> datetime:
    """Ten o'clock on the next Monday of a week whose five days are worked."""
    monday = clock.today() + timedelta(days=7 - clock.today().weekday())
    while not all(Hours().is_open(_at(monday, day, 10)) for day in range(5)):
        monday += timedelta(days=7)
    return _at(monday, 0, 10)


def saturday_night() -> datetime:
    """Ten in the evening on the Saturday before it."""
    return _at(monday_morning().date(), -2, 22)


def _at(monday: date, days: int, hour: int) -> datetime:
    return datetime.combine(monday + timedelta(days=days), time(hour), clock.PARIS)
