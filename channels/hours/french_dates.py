"""Dates and hours as people say and write them: « jeudi 26 novembre », « entre 9 h et 10 h », « demain », « le 27 »."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from unidecode import unidecode

from clock import in_paris

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")
_FOLDED_MONTHS = [unidecode(month) for month in MONTHS]
_HOUR = re.compile(r"\b(\d{1,2})\s*(?:h|heures?|:)\s*(\d{2})?\b|^\s*(?:vers|a)?\s*(\d{1,2})\s*$")
_DAY_OF_MONTH = re.compile(rf"\b(\d{{1,2}})(?:er)?\s*({'|'.join(_FOLDED_MONTHS)})\b|\ble\s+(\d{{1,2}})(?:er)?\b"
                           r"|\b(\d{1,2})/(\d{1,2})\b")


def day_label(day: date) -> str:
    """« jeudi 26 novembre », « mardi 1er décembre »."""
    number = "1er" if day.day == 1 else str(day.day)
    return f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[day.month - 1]}"


def hour_label(instant: datetime) -> str:
    """« 9 h », « 13 h 30 », on a Norman wall clock."""
    local = in_paris(instant)
    return f"{local.hour} h {local.minute:02d}" if local.minute else f"{local.hour} h"


def slot_label(starts_at: datetime, ends_at: datetime) -> str:
    """« entre 9 h et 10 h »."""
    return f"entre {hour_label(starts_at)} et {hour_label(ends_at)}"


def read_day(text: str, today: date) -> date | None:
    """The day a person names (« lundi », « demain », « le 27 », « 3 décembre », « 03/12 »), never in the past; else None."""
    folded = unidecode(text).lower()
    if "apres-demain" in folded or "apres demain" in folded:
        return today + timedelta(days=2)
    if re.search(r"\b(demain|dem1|2main)\b", folded):
        return today + timedelta(days=1)
    if re.search(r"\b(aujourd'?hui|auj|tout a l'heure|ce (matin|soir)|cet apres-?midi)\b", folded):
        return today
    return _weekday(folded, today) or _day_of_month(folded, today)


def _weekday(folded: str, today: date) -> date | None:
    for index, name in enumerate(WEEKDAYS):
        if re.search(rf"\b{name}\b", folded):
            ahead = (index - today.weekday()) % 7 or (7 if "prochain" in folded else 0)
            return today + timedelta(days=ahead)
    return None


def _day_of_month(folded: str, today: date) -> date | None:
    match = _DAY_OF_MONTH.search(folded)
    if not match:
        return None
    number = int(match[1] or match[3] or match[4])
    if match[2] or match[5]:
        month = _FOLDED_MONTHS.index(match[2]) + 1 if match[2] else int(match[5])
        return _safe_date(today.year, month, number, today) or _safe_date(today.year + 1, month, number, today)
    this = _safe_date(today.year, today.month, number, today)
    after = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    return this or _safe_date(after.year, after.month, number, today)


def _safe_date(year: int, month: int, number: int, today: date) -> date | None:
    try:
        day = date(year, month, number)
    except ValueError:
        return None
    return day if day >= today else None


# As callers say them; « deux heures » is in the afternoon: nobody is called back at night.
_SPOKEN_HOURS = {
    "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "dix-sept": 17, "dix-huit": 18, "une": 13, "deux": 14, "trois": 15, "quatre": 16, "cinq": 17, "six": 18,
}  # fmt: skip
_SPOKEN_HOUR = re.compile(
    r"\b(dix[- ](?:sept|huit)|" + "|".join(name for name in _SPOKEN_HOURS if "-" not in name) + r")\b(?= heures?)"
)


def read_hour(text: str) -> tuple[int, int] | None:
    """(hour, minute) of « 10h », « 14 h 30 », « vers 9 »; (9, 0) / (14, 0) for « matin » / « après-midi »; else None."""
    folded = _SPOKEN_HOUR.sub(lambda found: str(_SPOKEN_HOURS[found[1].replace(" ", "-")]), unidecode(text).lower())
    match = _HOUR.search(folded)
    if match:
        hour, minute = int(match[1] or match[3]), int(match[2] or 0)
        return (hour, minute) if hour < 24 and minute < 60 else None
    if re.search(r"\bmatin", folded):
        return 9, 0
    if re.search(r"\bapres[- ]?midi|\baprem", folded):
        return 14, 0
    return (12, 0) if re.search(r"\bmidi\b", folded) else None
