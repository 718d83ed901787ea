"""Days and hours as people read them."""

from __future__ import annotations

from datetime import date, datetime

from channels.hours.french_dates import day_label, hour_label
from clock import PARIS


def test_labels_read_as_french() -> None:
    assert day_label(date(2026, 12, 1)) == "mardi 1er décembre"
    assert hour_label(datetime(2026, 11, 24, 13, 30, tzinfo=PARIS)) == "13 h 30"
