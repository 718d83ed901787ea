"""Dates as they are written in French."""

from __future__ import annotations

from datetime import date

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def french_date(day: date) -> str:
    """« 1er janvier 2020 »."""
    return f"{'1er' if day.day == 1 else day.day} {MONTHS[day.month - 1]} {day.year}"


def french_period(start: date | None, end: date | None) -> str:
    """« du 6 février 2020 au 8 février 2020 », « le 6 février 2020 » or an empty string."""
    if start and end and start != end:
        return f"du {french_date(start)} au {french_date(end)}"
    day = start or end
    return f"le {french_date(day)}" if day else ""
