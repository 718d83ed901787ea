"""When advisors are there: the week of `opening.yml`, French public holidays, closures; and the slots of call-backs.

All reckoning is done on Paris wall clocks and handed out in UTC, so that the two nights of daylight saving change nothing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import holidays

from channels.hours.french_dates import WEEKDAYS
from clock import PARIS, in_paris, now
from language.yml import read_yml

FILE = Path(__file__).parent / "opening.yml"
_LINES = ("a_verifier", "semaine", "fermetures", "exceptions", "creneau_minutes", "delai_minutes")
MINUTES = {"creneau_minutes": range(15, 241), "delai_minutes": range(2881)}
_HORIZON = 60  # days looked ahead for the next opening


class OpeningFileError(ValueError):
    """opening.yml cannot be read; the message names what is wrong."""


@dataclass(frozen=True, slots=True)
class Slot:
    """A stretch of time, aware, UTC."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, slots=True)
class _Span:
    start: time
    end: time


class Hours:
    """The opening of one installation. `mode`: schedule, or always / never for trials (slots always follow the schedule)."""

    def __init__(self, mode: str = "schedule", file: Path = FILE) -> None:
        self.mode = mode
        self._holidays = holidays.country_holidays("FR")
        self.use(read_yml(file.read_text("utf-8")))

    def use(self, data: Mapping[str, Any]) -> None:
        """Other hours from now on; `data` has the keys of opening.yml.

        Raises:
            OpeningFileError: something in it cannot be read; the hours stay as they were.
        """
        self.check(data)
        self.data = data
        self._week = [_spans(data["semaine"].get(day, [])) for day in WEEKDAYS]
        self._closed = list(_closures(data.get("fermetures") or []))
        self._exceptions = {_as_date(day): _spans(spans) for day, spans in (data.get("exceptions") or {}).items()}
        self._slot = timedelta(minutes=int(data.get("creneau_minutes", 60)))
        self._notice = timedelta(minutes=int(data.get("delai_minutes", 60)))

    @staticmethod
    def check(data: Mapping[str, Any]) -> None:
        """Reads all of it.

        Raises:
            OpeningFileError: something cannot be read, named.
        """
        _known_lines(data)
        unknown = sorted(str(day) for day in data["semaine"] if day not in WEEKDAYS)
        if unknown:
            raise OpeningFileError(f"jour inconnu : « {', '.join(unknown)} » (attendus : {', '.join(WEEKDAYS)})")
        for spans in [*data["semaine"].values(), *(data.get("exceptions") or {}).values()]:
            _apart(_spans(spans))
        for first, last in _closures(data.get("fermetures") or []):
            if last < first:
                raise OpeningFileError(f"période à l'envers : {first}/{last}")
        for day in data.get("exceptions") or {}:
            _as_date(day)

    def is_open(self, at: datetime | None = None) -> bool:
        """True when advisors answer at this instant (now by default)."""
        if self.mode != "schedule":
            return self.mode == "always"
        instant = at or now()
        return any(slot.starts_at <= instant < slot.ends_at for slot in self._day(in_paris(instant).date()))

    def next_opening(self, at: datetime | None = None) -> datetime | None:
        """When advisors come back: `at` itself when open; None when nothing opens within two months."""
        instant = at or now()
        if self.is_open(instant):
            return instant
        if self.mode == "never":
            return None
        return next((span.starts_at for span in self._from(instant) if span.starts_at >= instant), None)

    def closes_at(self, at: datetime | None = None) -> datetime | None:
        """When advisors leave for good on the day of `at`; None on a day without hours."""
        spans = self._day(in_paris(at or now()).date())
        return spans[-1].ends_at if spans else None

    def slots(self, day: date, at: datetime | None = None) -> list[Slot]:
        """The call-back slots of a day that are still far enough from `at`."""
        earliest = (at or now()) + self._notice
        return [slot for span in self._day(day) for slot in self._cut(span) if slot.starts_at >= earliest]

    def days(self, count: int = 5, at: datetime | None = None) -> list[date]:
        """The next days that have a free slot."""
        today = in_paris(at or now()).date()
        ahead = (today + timedelta(days=offset) for offset in range(_HORIZON))
        found = (day for day in ahead if self.slots(day, at))
        return [day for day, _ in zip(found, range(count), strict=False)]

    def slot_at(self, starts_at: datetime, at: datetime | None = None) -> Slot | None:
        """The slot that starts at this instant, when it exists and is not too close."""
        return next((slot for slot in self.slots(in_paris(starts_at).date(), at) if slot.starts_at == starts_at), None)

    def _from(self, instant: datetime) -> Iterator[Slot]:
        today = in_paris(instant).date()
        for offset in range(_HORIZON):
            yield from self._day(today + timedelta(days=offset))

    def _day(self, day: date) -> list[Slot]:
        return [slot for span in self._spans_of(day) if (slot := _slot(day, span)) is not None]

    def _spans_of(self, day: date) -> list[_Span]:
        if day in self._exceptions:
            return self._exceptions[day]
        if day in self._holidays or any(start <= day <= end for start, end in self._closed):
            return []
        return self._week[day.weekday()]

    def _cut(self, span: Slot) -> Iterator[Slot]:
        start = span.starts_at
        while start + self._slot <= span.ends_at:
            yield Slot(start, start + self._slot)
            start += self._slot


def _known_lines(data: Mapping[str, Any]) -> None:
    """A line that nobody reads, or a number that is none, would change the hours without a word."""
    unknown = sorted(str(line) for line in data if line not in _LINES)
    if unknown:
        raise OpeningFileError(f"ligne inconnue : « {', '.join(unknown)} » (attendues : {', '.join(_LINES)})")
    if not isinstance(data.get("semaine"), Mapping):
        raise OpeningFileError("« semaine » absente : une ligne par jour est attendue")
    if not isinstance(data.get("exceptions") or {}, Mapping) or not isinstance(data.get("fermetures") or [], list):
        raise OpeningFileError("« fermetures » est une liste de dates, « exceptions » une ligne par date")
    for line, allowed in MINUTES.items():
        minutes = data.get(line, 60)
        if not isinstance(minutes, int) or minutes not in allowed:
            raise OpeningFileError(f"« {line} » : un nombre de minutes de {allowed.start} à {allowed.stop - 1}, pas {minutes!r}")


def _slot(day: date, span: _Span) -> Slot | None:
    # Through UTC and back: a wall time that the night of March skips becomes a real one.
    start = datetime.combine(day, span.start, PARIS).astimezone(UTC)
    end = datetime.combine(day, span.end, PARIS).astimezone(UTC)
    return Slot(start, end) if start < end else None


def _spans(texts: object) -> list[_Span]:
    if not isinstance(texts, list):
        raise OpeningFileError(f"une liste de plages « 09:00-12:30 » est attendue, pas {texts!r}")
    return sorted((_span(str(text)) for text in texts), key=lambda span: span.start)


def _apart(spans: list[_Span]) -> None:
    """Hours that overlap would give two slots for the same hour."""
    for first, second in pairwise(spans):
        if second.start < first.end:
            told = " et ".join(f"{span.start:%H:%M}-{span.end:%H:%M}" for span in (first, second))
            raise OpeningFileError(f"plages qui se chevauchent : {told}")


def _span(text: str) -> _Span:
    try:
        start, end = (time.fromisoformat(part.strip()) for part in text.split("-"))
    except ValueError as error:
        raise OpeningFileError(f"plage illisible : {text!r}") from error
    if start >= end:
        raise OpeningFileError(f"plage à l'envers : {text!r}")
    return _Span(start, end)


def _closures(items: list[Any]) -> Iterator[tuple[date, date]]:
    for item in items:
        first, _, last = str(item).partition("/")
        yield _as_date(first), _as_date(last or first)


def _as_date(value: object) -> date:
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value).strip())
    except ValueError as error:
        raise OpeningFileError(f"date illisible : {value!r}") from error

