"""Days as people name them, counted from today."""

from __future__ import annotations

import re
from datetime import date, timedelta

from language.times_grammar import DAY_NUMBER, MONTH_NUMBER

WEEK = 7
_WORKDAYS = 5
_LONGEST_MONTH = 31  # days
_SEARCHED = 12  # months looked ahead for « le 31 »


def tomorrow(match: re.Match[str], today: date) -> tuple[date, ...]:
    """« demain », « demain en huit »."""
    return (today + timedelta(days=1 + _weeks_more(match["week"])),)


def weekday(match: re.Match[str], today: date) -> tuple[date, ...]:
    """« mardi », « lundi prochain » (the next one that is not today), « mardi en huit » (a week after the next)."""
    ahead = (DAY_NUMBER[match["name"]] - today.weekday()) % WEEK
    if match["next_week"]:
        return (of_next_week(match["name"], today),)
    if match["next"] and not ahead:
        ahead = WEEK
    return (today + timedelta(days=ahead + _weeks_more(match["in"] or match["in_days"])),)


def _weeks_more(said: str | None) -> int:
    return {"8": WEEK, "15": 2 * WEEK}.get(said or "", 0)


def weekend(match: re.Match[str], today: date) -> tuple[date, ...]:
    """« ce week-end »; of a Sunday only what is left."""
    saturday = today + timedelta(days=5 - today.weekday())
    if match["next_weekend"]:
        saturday += timedelta(days=WEEK) if today.weekday() >= _WORKDAYS else timedelta()
    return tuple(day for day in (saturday, saturday + timedelta(days=1)) if day >= today)


def this_week(today: date) -> tuple[date, ...]:
    """The working days that are left; those of next week when none is."""
    left = tuple(today + timedelta(days=ahead) for ahead in range(_WORKDAYS - today.weekday()))
    return left or next_week(today)


def next_week(today: date) -> tuple[date, ...]:
    """Monday to Friday of next week."""
    monday = today + timedelta(days=WEEK - today.weekday())
    return tuple(monday + timedelta(days=ahead) for ahead in range(_WORKDAYS))


def of_next_week(name: str, today: date) -> date:
    """« la semaine prochaine, mardi »."""
    return today + timedelta(days=WEEK - today.weekday() + DAY_NUMBER[name])


_PARTS = {"debut": (0, 1), "milieu": (1, 2, 3), "fin": (3, 4)}


def week_part(part: str, following: bool, today: date) -> tuple[date, ...]:
    """« en fin de semaine prochaine »: Thursday and Friday; what is over of this week is meant of the next."""
    monday = today - timedelta(days=today.weekday())
    days = [monday + timedelta(days=ahead) for ahead in _PARTS[part]]
    if following or days[-1] < today:
        return tuple(day + timedelta(days=WEEK) for day in days)
    return tuple(day for day in days if day >= today)


def week_of(day: int, month: int | None, today: date) -> tuple[date, ...]:
    """« la semaine du 14 »: the working days of the week in which it lies."""
    for found in numbered(day, month, today):
        monday = found - timedelta(days=found.weekday())
        return tuple(each for ahead in range(_WORKDAYS) if (each := monday + timedelta(days=ahead)) >= today)
    return ()


_PARTS_OF_MONTH = {"debut": (1, 10), "mi": (11, 20), "milieu": (11, 20), "fin": (21, 31)}


def month_part(part: str, month: int, today: date) -> tuple[date, ...]:
    """« fin décembre »: the days of it that are ahead, of this year or the next."""
    first, last = _PARTS_OF_MONTH[part]
    for year in (today.year, today.year + 1):
        days = (_date(year, month, day) for day in range(first, last + 1))
        if ahead := tuple(day for day in days if day and day >= today):
            return ahead
    return ()


def next_month(today: date) -> tuple[date, ...]:
    """Every day of it."""
    year, month = divmod(today.year * 12 + today.month, 12)
    return tuple(day for number in range(1, _LONGEST_MONTH + 1) if (day := _date(year, month + 1, number)))


def numbered(day: int, month: int | None, today: date) -> tuple[date, ...]:
    """The next day of this number, of this month when it is said."""
    return dated(day, month, None, today) if month else day_of_month(day, today)


def between(first: int, last: int, month: int | None, today: date) -> tuple[date, ...]:
    """« du 7 au 10 décembre »: every day of it that is ahead."""
    for end in numbered(last, month, today):
        length = next((back for back in range(_LONGEST_MONTH) if (end - timedelta(days=back)).day == first), 0)
        return tuple(day for back in range(length, -1, -1) if (day := end - timedelta(days=back)) >= today)
    return ()


def dated(day: int, month: int, year: int | None, today: date) -> tuple[date, ...]:
    """« le 12 décembre », this year or next; with a year, that one. Empty when there is no such day ahead."""
    years = (year if year >= 100 else 2000 + year,) if year else (today.year, today.year + 1)
    found = (_date(each, month, day) for each in years)
    return tuple(each for each in found if each and each >= today)[:1]


def month_named(name: str) -> int:
    """The number of a month."""
    return MONTH_NUMBER[name]


def day_of_month(day: int, today: date, named: int | None = None) -> tuple[date, ...]:
    """« le 12 »: the next one, today included; « mardi 12 »: the next 12th that is a Tuesday, else none."""
    for months in range(_SEARCHED):
        year, month = divmod(today.year * 12 + today.month - 1 + months, 12)
        found = _date(year, month + 1, day)
        if found and found >= today and named in (None, found.weekday()):
            return (found,)
        if found and found >= today and named is not None:
            return ()
    return ()


def in_days(amount: int, unit: str, today: date) -> tuple[date, ...]:
    """« dans trois jours », « dans huit jours » (a week), « dans deux semaines », « dans un mois »."""
    if unit.startswith("mois"):
        year, month = divmod(today.year * 12 + today.month - 1 + amount, 12)
        found = next(day for back in range(4) if (day := _date(year, month + 1, today.day - back)))
        return (found,)
    if unit.startswith("sem"):
        return (today + timedelta(days=WEEK * amount),)
    return (today + timedelta(days={8: WEEK, 15: 2 * WEEK}.get(amount, amount)),)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
