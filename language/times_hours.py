"""Hours and parts of the day, on a wall clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from typing import Literal

from language.tables import run, table

WindowKind = Literal["at", "after", "before", "between", "part"]
START_OF_DAY, END_OF_DAY = time(0, 0), time(23, 59)
_HOUR = re.compile(r"(\d{1,2})(?:h(\d{2})?)?")
# « à 2h » is 14:00: nobody is called back at night.
LATEST_NIGHT = 6
_NOON = 12


@dataclass(frozen=True)
class Window:
    """From when to when; `at` has one moment, `after` ends with the day, `before` begins with it."""

    start: time
    end: time
    kind: WindowKind

    def within(self, other: Window) -> Window | None:
        """What both allow, None when nothing: « demain après-midi après 15h »."""
        start, end = max(self.start, other.start), min(self.end, other.end)
        kind = other.kind if other.start >= self.start and other.end <= self.end else "between"
        return Window(start, end, kind) if start <= end else None

    def later(self) -> Window | None:
        """Twelve hours later, when that is still the same day."""
        if self.end.hour >= _NOON:
            return None
        return Window(self.start.replace(hour=self.start.hour + _NOON), self.end.replace(hour=self.end.hour + _NOON), self.kind)


def clock(text: str, part: str = "") -> time | None:
    """« 15h30 », « 3h » with « de l apres midi », « midi »; None when there is no such hour."""
    if text.startswith("midi"):
        return time(12, 30) if text.endswith("30") else time(12, 0)
    if text == "minuit":
        return START_OF_DAY
    match = _HOUR.fullmatch(text)
    if not match:
        return None
    hour, minute = int(match[1]), int(match[2] or 0)
    hour = _of_day(hour, part)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _of_day(hour: int, part: str) -> int:
    if "mat" in part:
        return hour
    if ("soir" in part or "midi" in part) and hour < _NOON:
        return hour + _NOON
    return hour + _NOON if 0 < hour <= LATEST_NIGHT else hour


def at(text: str, part: str = "") -> Window | None:
    """One moment."""
    moment = clock(text, part)
    return Window(moment, moment, "at") if moment else None


def after(text: str, part: str = "") -> Window | None:
    """« après 15h »."""
    moment = clock(text, part)
    return Window(moment, END_OF_DAY, "after") if moment else None


def before(text: str, part: str = "") -> Window | None:
    """« avant 11h »."""
    moment = clock(text, part)
    return Window(START_OF_DAY, moment, "before") if moment else None


def between(low: str, high: str, part: str = "") -> Window | None:
    """« entre 14h et 16h », « de 10h à 2h »."""
    first, last = clock(low, part), clock(high, part)
    if first is None or last is None:
        return None
    if last < first and last.hour < _NOON:
        last = last.replace(hour=last.hour + _NOON)
    return Window(first, last, "between") if first <= last else None


@lru_cache(maxsize=1)
def parts() -> dict[str, Window]:
    """« fin de matinée », « soir »…, folded, the longest first."""
    entries = {
        " ".join(run(name)): Window(time.fromisoformat(start), time.fromisoformat(end), "part")
        for name, (start, end) in table("times")["moments"].items()
    }
    return dict(sorted(entries.items(), key=lambda item: -len(item[0])))
