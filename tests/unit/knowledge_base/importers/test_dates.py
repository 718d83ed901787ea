"""Dates of published files."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.importers.dates import read_date

LAST_DAY = date(2026, 12, 31)


@pytest.mark.parametrize("text", [
    "31/12/2026", "2026-12-31", "2026/12/31", "20261231", "31-12-2026", "31.12.2026", "31/12/26", "2026-12-31T00:00:00Z",
    "2026-12-31 00:00:00", "31/12/2026 23:59", "2026-12-31T10:00:00.000+01:00", " 46387 ", "46387.0",
    "31 décembre 2026", "31-déc-26", "31 dec. 2026", "31 / 12 / 2026", "2026\u201112\u201131", "31/12/2026 à 12h"])
def test_every_way_to_write_a_day_is_that_day(text: str) -> None:
    assert read_date(text) == LAST_DAY


def test_short_days_and_months_are_read() -> None:
    assert [read_date(text) for text in ("1er juil. 2026", "1-7-2026", "2026-7-1")] == [date(2026, 7, 1)] * 3


@pytest.mark.parametrize("text", [
    "31 ju 2026", "déc-26", "", "NR", "31/02/2026", "2026-13-01", "bientôt", "12/2026", "2026", "31/12/2026 demain"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None
