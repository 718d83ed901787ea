"""The wait that is told comes from the place and the pace of the last two hours, or is not told."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from channels.case.waiting import wait_of

NOON = datetime(2026, 11, 30, 12, tzinfo=UTC)


def _taken(*minutes_ago: int) -> list[datetime]:
    return [NOON - timedelta(minutes=minutes) for minutes in minutes_ago]


@pytest.mark.parametrize(("position", "taken", "sentence", "minutes"), [
    (1, _taken(), "wait_unknown", 0),
    (1, _taken(10, 20), "wait_unknown", 0),
    (1, _taken(2, 4, 6), "wait_short", 0),
    (388, _taken(1, 2, 3), "wait_long", 0),
    (5, _taken(*range(4, 64, 4)), "wait_minutes", 20),
    (1, _taken(200, 201, 202, 203), "wait_unknown", 0),
    (81, _taken(*range(5, 65, 5)), "wait_long", 0),
])
def test_the_wait(position: int, taken: list[datetime], sentence: str, minutes: int) -> None:
    wait = wait_of(position, taken, NOON)
    assert (wait.sentence, wait.minutes) == (sentence, minutes)


def test_who_is_further_back_never_waits_less() -> None:
    order = ["wait_short", "wait_minutes", "wait_long"]
    told = [wait_of(place, _taken(*range(2, 90, 7)), NOON) for place in range(1, 400)]
    assert told == sorted(told, key=lambda wait: (order.index(wait.sentence), wait.minutes))
