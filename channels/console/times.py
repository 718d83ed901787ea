"""Instants and durations as an advisor reads them, on a Norman wall clock."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from channels.hours.french_dates import day_label
from clock import in_paris, now
from knowledge_base.dates import french_date

_MINUTE, _HOUR, _DAY = 60, 3600, 86400


def clock(instant: datetime) -> str:
    """« 14:05 »."""
    return in_paris(instant).strftime("%H:%M")


def day(instant: datetime) -> str:
    """« aujourd'hui », « mardi 24 novembre »."""
    local = in_paris(instant).date()
    return "aujourd'hui" if local == in_paris(now()).date() else day_label(local)


def hour(at: time | datetime) -> str:
    """« 9 h », « 13 h 30 » of a wall time."""
    return f"{at.hour} h {at.minute:02d}" if at.minute else f"{at.hour} h"


def moment(instant: datetime | None) -> str:
    """« aujourd'hui à 14:05 », « mardi 24 novembre à 9:00 »; empty without an instant."""
    return f"{day(instant)} à {clock(instant)}" if instant else ""


def until(instant: datetime) -> str:
    """« 15:30 » of today, else « demain », « mardi 24 novembre », with the hour."""
    local, today = in_paris(instant).date(), in_paris(now()).date()
    if local == today:
        return clock(instant)
    return f"{'demain' if local == today + timedelta(days=1) else day_label(local)} à {clock(instant)}"


def duration(seconds: float) -> str:
    """« moins d'une minute », « 12 min », « 1 h 05 », « 3 j »."""
    whole = int(seconds)
    if whole < _MINUTE:
        return "moins d'une minute"
    if whole < _HOUR:
        return f"{whole // _MINUTE} min"
    if whole < _DAY:
        return f"{whole // _HOUR} h {whole % _HOUR // _MINUTE:02d}"
    return f"{whole // _DAY} j"


def iso(instant: datetime) -> str:
    """For `<time datetime>`: seconds are enough."""
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")


def written(text: str) -> str:
    """« 1er novembre 2026 » of an ISO date; anything else as it is."""
    try:
        return french_date(date.fromisoformat(text))
    except ValueError:
        return text


FILTERS = {"written": written, "clock": clock, "day": day, "hour": hour, "moment": moment, "until": until, "duration": duration,
           "iso": iso}
