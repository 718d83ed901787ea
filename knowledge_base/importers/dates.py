"""Dates as published files and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

# 31/12/2026, 31-12-2026, 31.12.26; 2026-12-31, 2026/12/31, 20261231; with an hour behind, or none.
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})([/.-]?)(\d{2})\2(\d{2})")
_HOUR = re.compile(r"(?:[T ]+\d{1,2}[:h]\d{2}(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?")
# Excel counts days from here (its 1900 has a 29 February that never was).
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_CENTURY = 2000


def read_date(text: str) -> date | None:
    """The day, or None when there is no such day or no such way to write one."""
    text = text.strip()
    serial = _EXCEL.fullmatch(text)
    if serial:
        return _EXCEL_ZERO + timedelta(days=int(serial[1]))
    for pattern, order in ((_YEAR_FIRST, (1, 3, 4)), (_DAY_FIRST, (3, 2, 1))):
        found = pattern.match(text)
        if found and _HOUR.fullmatch(text, found.end()):
            return _day(*(int(found[place]) for place in order))
    return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year > 99 else _CENTURY + year, month, day)
    except ValueError:
        return None
