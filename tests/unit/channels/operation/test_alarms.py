"""When a trouble is told: once when it lasts, again every six hours, anew when it comes back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from channels.operation.alarms import due
from clock import PARIS

NIGHT = datetime(2026, 11, 28, 3, 0, tzinfo=PARIS)


def told_at(minutes: list[int], wrong: set[str]) -> list[int]:
    """At which of these minutes of the night something is told."""
    known: dict[str, Any] = {}
    return [minute for minute in minutes if due(known, wrong, NIGHT + timedelta(minutes=minute))]


def test_what_lasts_two_minutes_is_told_once() -> None:
    assert told_at([0, 1, 2, 3, 60], {"engine"}) == [2]


def test_it_is_told_again_every_six_hours_as_long_as_it_lasts() -> None:
    assert told_at([0, 2, 300, 362, 400, 723], {"engine"}) == [2, 362, 723]


def test_what_was_over_in_between_begins_anew() -> None:
    known: dict[str, Any] = {}
    assert due(known, {"engine"}, NIGHT) == []
    assert due(known, set(), NIGHT + timedelta(minutes=1)) == []
    assert due(known, {"engine"}, NIGHT + timedelta(minutes=3)) == [] and known["engine"]["told"] is None


def test_each_trouble_is_told_by_itself() -> None:
    known: dict[str, Any] = {}
    due(known, {"engine"}, NIGHT)
    due(known, {"engine", "disk"}, NIGHT + timedelta(minutes=1))
    assert due(known, {"engine", "disk"}, NIGHT + timedelta(minutes=2)) == ["engine"]
    assert due(known, {"engine", "disk"}, NIGHT + timedelta(minutes=4)) == ["disk"]
