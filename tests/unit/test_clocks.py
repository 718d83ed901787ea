"""Date-sensitive tests are run at every clock."""

from __future__ import annotations

from datetime import UTC, timedelta

import pytest

import clock
from channels.hours.week import Hours
from tests.clocks import CLOCKS, OWN


@pytest.mark.any_clock
def test_it_is_the_time_that_is_told(request: pytest.FixtureRequest) -> None:
    told = CLOCKS[request.node.callspec.params["told_time"]]
    assert told is None or timedelta(0) <= clock.now() - told < timedelta(minutes=5)


@pytest.mark.any_clock
def test_the_next_opening_is_ahead_and_open() -> None:
    before, following = clock.now(), Hours().next_opening()
    assert following is not None and following >= before and Hours().is_open(following)


def test_the_clocks_are_those_that_we_fear() -> None:
    monday, saturday, holiday, eve, spring, autumn, leap = (told for told in CLOCKS.values() if told)
    assert OWN in CLOCKS and (monday.weekday(), monday.hour, saturday.weekday()) == (0, 10, 5)
    assert holiday.weekday() < 5 and not Hours().is_open(holiday)
    assert (eve.month, eve.day, leap.year, leap.month, leap.day) == (12, 24, 2028, 2, 29)
    for night in (spring, autumn):
        assert clock.in_paris(night.astimezone(UTC) + timedelta(seconds=20)).utcoffset() != night.utcoffset()
