"""Dates of published files."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.importers.dates import read_date

LAST_DAY = date(2026, 12, 31)


@pytest.mark.parametrize("text", [
    "31/12/2026", "2026-12-31", "2026/12/31", "20261231", "31-12-2026", "31.12.2026", "31/12/26", "2026-12-31T00:00:00Z",
    "2026-12-31 00:00:00", "31/12/2026 23:59", "2026-12-31T10:00:00.000+01:00", " 46387 ", "46387.0"])
def test_every_way_to_write_a_day_is_that_day(text: str) -> None:
    assert read_date(text) == LAST_DAY


@pytest.mark.parametrize("text", ["", "NR", "31/02/2026", "2026-13-01", "bientôt", "12/2026", "2026", "31/12/2026 demain"])
def test_what_is_no_day_is_none(text: str) -> None:
    assert read_date(text) is None
