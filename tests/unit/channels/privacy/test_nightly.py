"""When the purge of old data is due."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels.privacy.nightly import is_due
from clock import PARIS


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=PARIS)


@pytest.mark.parametrize("instant, last", [(at(25, 3), at(24, 3)), (at(25, 7, 50), at(24, 3, 10)), (at(26, 16), at(25, 3))])
def test_it_is_due_at_night_and_by_day_when_a_night_was_missed(instant: datetime, last: datetime) -> None:
    assert is_due(instant, last, 3)


@pytest.mark.parametrize(
    "instant, last", [(at(25, 10), at(24, 4)), (at(25, 3, 40), at(25, 3)), (at(25, 7), at(25, 3)), (at(25, 2), at(24, 3))]
)
def test_it_is_not_due_by_day_nor_twice_a_night(instant: datetime, last: datetime) -> None:
    assert not is_due(instant, last, 3)


def test_the_hour_may_be_just_before_midnight() -> None:
    assert is_due(at(25, 1), at(24, 0), 23)


def test_a_clock_that_was_set_back_does_not_put_it_off_for_ever() -> None:
    assert is_due(at(24, 12), at(28, 3), 3)
