"""What nobody asked for waits for a decent hour."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels.sms.quiet import QuietHours
from clock import PARIS

QUIET = QuietHours.parse("20:00-08:30")


@pytest.mark.parametrize(("now", "until"), [
    ("2026-11-24 19:59", None), ("2026-11-24 20:00", "2026-11-25 08:30"), ("2026-11-25 03:00", "2026-11-25 08:30"),
    ("2026-11-25 08:30", None), ("2026-03-28 22:00", "2026-03-29 08:30"), ("2026-10-24 23:30", "2026-10-25 08:30"),
])
def test_the_night_ends_in_the_morning_on_norman_clocks(now: str, until: str | None) -> None:
    found = QUIET.until(datetime.fromisoformat(now).replace(tzinfo=PARIS))
    assert (found.astimezone(PARIS).strftime("%Y-%m-%d %H:%M") if found else None) == until


def test_the_same_hour_twice_means_never() -> None:
    assert QuietHours.parse("00:00-00:00").until(datetime(2026, 11, 24, 3, tzinfo=PARIS)) is None
