"""Dates as published files and spreadsheets write them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from knowledge_base.text import fold

# 31/12/2026, 31-12-2026, 31.12.26; 2026-12-31, 2026/12/31, 20261231; with an hour behind, or none.
_DAY_FIRST = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2}) ?[/.-] ?(\d{4}|\d{2})")
_YEAR_FIRST = re.compile(r"(\d{4})(?:([/.-])(\d{1,2})\2(\d{1,2})|(\d{2})(\d{2}))")
# 31 décembre 2026, 31-déc-26, 1er janvier 2027
_MONTHS = ("janv", "fevr", "mars", "avr", "mai", "juin", "juil", "aout", "sept", "oct", "nov", "dec")
_NAMED = re.compile(r"(\d{1,2})(?:er)?[ .-]+([a-z]{3,9})[ .-]+(\d{4}|\d{2})")
_HYPHENS = dict.fromkeys(map(ord, "\u2010\u2011\u2012\u2013\u2212"), "-")
_HOUR = re.compile(r"(?:(?: à|[T ])+ ?\d{1,2}[:h](?:\d{2})?(?::\d{2}(?:\.\d+)?)?(?: ?(?:Z|[+-]\d{2}:?\d{2}))?)?")
# Excel counts days from here (its 1900 has a 29 February that never was).
_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL = re.compile(r"(\d{5})(?:[.,]\d+)?")
_CENTURY = 2000


def read_date(text: str) -> date | None:
    """The day, or None when there is no such day or no such way to write one."""
    text = text.strip().translate(_HYPHENS).replace("\u00a0", " ").replace("\u202f", " ")
    serial = _EXCEL.fullmatch(text)
    if serial:
        return _EXCEL_ZERO + timedelta(days=int(serial[1]))
    for pattern, order in ((_YEAR_FIRST, (1, 3, 5, 4, 6)), (_DAY_FIRST, (3, 2, 1))):
        found = pattern.match(text)
        if found and _HOUR.fullmatch(text, found.end()):
            return _day(*(int(found[place]) for place in order if found[place]))
    named = _NAMED.fullmatch(fold(text))
    month = _month(named[2]) if named else None
    return _day(int(named[3]), month, int(named[1])) if named and month else None


def _month(name: str) -> int | None:
    """« décembre », « déc », « févr »; a beginning that two months share is none of them."""
    found = [number for number, month in enumerate(_MONTHS, 1) if name.startswith(month) or month.startswith(name)]
    return found[0] if len(found) == 1 else None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year if year > 99 else _CENTURY + year, month, day)
    except ValueError:
        return None
