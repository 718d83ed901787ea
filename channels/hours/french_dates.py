"""Days and hours as people read them: « jeudi 26 novembre », « entre 9 h et 10 h ». They are read by `language.times`."""

from __future__ import annotations

from datetime import date, datetime

from clock import in_paris

WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = ("janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre",
          "décembre")


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
