"""When somebody wants to be called: days, hours and parts of the day as people say and write them.

`read_times(text, now)` gives what is wished (days, a window of hours, or both), what is refused, or nothing said. Hours are those
of a Norman wall clock; « à 2h » is in the afternoon: nobody is called back at night. What does not exist (« le 31 février »,
« à 27h ») is in `unclear`, never replaced in silence.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import Literal
from zoneinfo import ZoneInfo

from language import times_days as days_
from language import times_hours as hours_
from language.tables import run, table
from language.times_grammar import DAY_NUMBER, shapes
from language.times_hours import END_OF_DAY, START_OF_DAY, Window
from language.times_items import Item, groups, joined_spans, narrowed
from language.times_line import plain_line

PARIS = ZoneInfo("Europe/Paris")
Bound = Literal["", "from", "after", "until", "by"]


@dataclass(frozen=True)
class Wish:
    """Days (any of them; none said: any day) and hours (None: any hour). `bound`: from that day on, or only `after` it; `until`
    it, or `by` its end."""

    days: tuple[date, ...] = ()
    window: Window | None = None
    bound: Bound = ""


@dataclass(frozen=True)
class Times:
    """What a text says of days and hours."""

    wishes: tuple[Wish, ...] = ()
    refused: tuple[Wish, ...] = ()
    any_time: bool = False
    unclear: tuple[str, ...] = ()

    @property
    def said(self) -> bool:
        """Whether anything was said."""
        return bool(self.wishes or self.refused or self.any_time or self.unclear)

    @property
    def days(self) -> tuple[date, ...]:
        """Every day wished, in order of saying."""
        return tuple(dict.fromkeys(day for wish in self.wishes for day in wish.days))

    @property
    def windows(self) -> tuple[Window, ...]:
        """Every window wished."""
        return tuple(dict.fromkeys(wish.window for wish in self.wishes if wish.window))

    @property
    def not_days(self) -> tuple[date, ...]:
        """Days refused as a whole."""
        return tuple(dict.fromkeys(day for wish in self.refused if not wish.window for day in wish.days))


def read_times(text: str, now: datetime) -> Times:
    """Reads the days and hours of a text.

    Raises:
        ValueError: `now` has no time zone.
    """
    if now.tzinfo is None:
        raise ValueError("now needs a time zone")
    line = plain_line(text)
    return _Reader(line, now.astimezone(PARIS)).read()


class _Reader:
    def __init__(self, line: str, now: datetime) -> None:
        self._line, self._now, self._today = line, now, now.date()
        self._unclear: list[str] = []
        self._any_time = False

    def read(self) -> Times:
        wishes: list[Wish] = []
        refused: list[Wish] = []
        for group in groups(joined_spans(list(self._items()), self._line), self._line):
            (refused if group[0].refused else wishes).extend(self._wishes(group))
        return Times(tuple(wishes), tuple(refused), self._any_time, tuple(self._unclear))

    def _items(self) -> Iterator[Item]:
        position, last = 0, None
        while position < len(self._line):
            name, match = _shape_at(self._line, position)
            if match is None:
                position = _next_word(self._line, position)
                continue
            for item in self._said(name, match):
                last = replace(item, refused=self._is_refused(item, last))
                yield last
            position = max(match.end(), position + 1)

    def _said(self, name: str, match: re.Match[str]) -> Iterator[Item]:
        if name.startswith("skip") or _SINCE.search(self._line[: match.start()]):
            return
        if name == "any_time":
            self._any_time = True
            return
        reader = getattr(self, f"_{name}")
        if name == "at_once" and not _CALL.search(self._line):
            # « je voudrais arrêter maintenant » is no time for a call.
            return
        found = [item for item in reader(match) if item.days or item.window]
        if not found:
            self._unclear.append(match[0].strip())
        yield from found

    def _is_refused(self, item: Item, last: Item | None) -> bool:
        if last and last.refused and self._line[last.end : item.start].strip() in {"et", "ou", "ni", "et le", "et les", "ou le"}:
            return True
        if (
            last
            and last.refused
            and last.days
            and item.window
            and not item.days
            and not self._line[last.end : item.start].strip()
        ):
            # « sauf mercredi matin »
            return True
        if item.window and not item.days and _WORKING.match(self._line[item.end :]):
            return False
        return bool(_REFUSED_BEFORE.search(self._line[: item.start]) or _REFUSED_AFTER.match(self._line[item.end :]))

    def _wishes(self, group: Sequence[Item]) -> Iterator[Wish]:
        days = tuple(dict.fromkeys(day for item in group for day in item.days))
        windows = [item.window for item in group if item.window]
        bound = self._bound(group)
        if bound and len(days) == 1 and _is_moment(group):
            yield from _bounded_by_moment(days[0], windows[0], bound)
            return
        hours: list[Window | None] = [*narrowed(windows, self._line, group)]
        for window in hours or [None]:
            yield Wish(tuple(self._moved(day, window, group) for day in days), window, bound)

    def _moved(self, day: date, window: Window | None, group: Sequence[Item]) -> date:
        movable = any(item.movable and day in item.days for item in group)
        past = window is not None and day == self._today and window.end <= self._now.time().replace(tzinfo=None)
        return day + timedelta(days=days_.WEEK) if movable and past else day

    def _bound(self, group: Sequence[Item]) -> Bound:
        first = next((item for item in group if item.days), None)
        if first is None:
            return ""
        before = self._line[: first.start]
        return next((bound for bound, said in _BOUNDS if said.search(before)), "")

    def _day(self, match: re.Match[str], days: tuple[date, ...], *, movable: bool = False) -> Iterator[Item]:
        yield Item(match.start(), match.end(), days=days, movable=movable)

    def _hours(self, match: re.Match[str], *windows: Window | None) -> Iterator[Item]:
        yield from (Item(match.start(), match.end(), window=window) for window in windows)

    def _in_time(self, match: re.Match[str]) -> Iterator[Item]:
        if match["unit"] and not match["unit"].startswith(("min", "mn")):
            yield from self._day(match, days_.in_days(int(match["amount"]), match["unit"], self._today))
            return
        # Elapsed time, not wall clock: right on the nights when clocks change.
        later = (self._now.astimezone(UTC) + timedelta(minutes=_minutes(match))).astimezone(PARIS)
        moment = later.time().replace(second=0, microsecond=0)
        yield Item(match.start(), match.end(), days=(later.date(),), window=Window(moment, moment, "at"))

    def _date(self, match: re.Match[str]) -> Iterator[Item]:
        year = int(match["year"]) if match["year"] else None
        return self._day(match, days_.dated(int(match["day"]), days_.month_named(match["month"]), year, self._today))

    def _slashes(self, match: re.Match[str]) -> Iterator[Item]:
        year = int(match["syear"]) if match["syear"] else None
        return self._day(match, days_.dated(int(match["sday"]), int(match["smonth"]), year, self._today))

    def _dated_weekday(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.day_of_month(int(match["wday"]), self._today, DAY_NUMBER[match["wname"]]))

    def _dates(self, match: re.Match[str]) -> Iterator[Item]:
        month = days_.month_named(match["lmonth"]) if match["lmonth"] else None
        said = (days_.numbered(int(match[name]), month, self._today) for name in ("l1", "l2"))
        return self._day(match, tuple(day for days in said for day in days))

    def _date_span(self, match: re.Match[str]) -> Iterator[Item]:
        month = days_.month_named(match["rmonth"]) if match["rmonth"] else None
        return self._day(match, days_.between(int(match["r1"]), int(match["r2"]), month, self._today))

    def _week_of(self, match: re.Match[str]) -> Iterator[Item]:
        month = days_.month_named(match["wmonth"]) if match["wmonth"] else None
        return self._day(match, days_.week_of(int(match["wdate"]), month, self._today))

    def _week_part(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.week_part(match["wpart"], bool(match["wnext"]), self._today))

    def _this_week_day(self, match: re.Match[str]) -> Iterator[Item]:
        ahead = (DAY_NUMBER[match["twday"]] - self._today.weekday()) % days_.WEEK
        return self._day(match, (self._today + timedelta(days=ahead),), movable=True)

    def _month_part(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.month_part(match["mpart"], days_.month_named(match["pmonth"]), self._today))

    def _next_month(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.next_month(self._today))

    def _next_week_day(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, (days_.of_next_week(match["nwday"], self._today),))

    def _day_of_month(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.day_of_month(int(match["dom"]), self._today))

    def _after_tomorrow(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, (self._today + timedelta(days=2),))

    def _tomorrow(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.tomorrow(match, self._today))

    def _today_(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, (self._today,))

    def _in_the_day(self, match: re.Match[str]) -> Iterator[Item]:
        # « jeudi dans la journée » is no day more.
        named = _NAMED_DAY.search(self._line)
        return self._hours(match, hours_.parts()["en journee"]) if named else self._day(match, (self._today,))

    def _this_part(self, match: re.Match[str]) -> Iterator[Item]:
        yield Item(match.start(), match.end(), days=(self._today,), window=hours_.parts()[match["now_part"]])

    def _weekend(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.weekend(match, self._today))

    def _weekday(self, match: re.Match[str]) -> Iterator[Item]:
        plain = not (match["next"] or match["in"] or match["next_week"])
        return self._day(match, days_.weekday(match, self._today), movable=plain)

    def _next_week(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.next_week(self._today))

    def _this_week(self, match: re.Match[str]) -> Iterator[Item]:
        return self._day(match, days_.this_week(self._today))

    def _at_once(self, match: re.Match[str]) -> Iterator[Item]:
        moment = self._now.time().replace(second=0, microsecond=0, tzinfo=None)
        yield Item(match.start(), match.end(), days=(self._today,), window=Window(moment, END_OF_DAY, "after"))

    def _part(self, match: re.Match[str]) -> Iterator[Item]:
        return self._hours(match, hours_.parts()[match["moment"]])

    def _between(self, match: re.Match[str]) -> Iterator[Item]:
        low, high = match["low"] or match["low2"] or match["low3"], match["high"] or match["high2"] or match["high3"]
        part = match["bpart"] or match["bpart2"] or match["bpart3"] or match["lpart"] or ""
        return self._hours(match, hours_.between(low, high, part))

    def _after(self, match: re.Match[str]) -> Iterator[Item]:
        return self._hours(match, hours_.after(match["after"], match["apart"] or ""))

    def _before(self, match: re.Match[str]) -> Iterator[Item]:
        return self._hours(match, hours_.before(match["before"], match["fpart"] or ""))

    def _latest(self, match: re.Match[str]) -> Iterator[Item]:
        return self._hours(match, hours_.before(match["latest"]))

    def _earliest(self, match: re.Match[str]) -> Iterator[Item]:
        return self._hours(match, hours_.after(match["earliest"] or match["ends"]))

    def _either(self, match: re.Match[str]) -> Iterator[Item]:
        part = match["epart"] or ""
        return self._hours(match, hours_.at(match["first"], part), hours_.at(match["second"], part))

    def _at(self, match: re.Match[str]) -> Iterator[Item]:
        return self._hours(match, hours_.at(match["named"] or match["at"], match["tpart"] or ""))

    def _at_bare(self, match: re.Match[str]) -> Iterator[Item]:
        return self._hours(match, hours_.at(match["bare"]))


_REFUSED_BEFORE = re.compile(
    r"(?:^| )(?:pas|sauf|ni|excepte|hormis|jamais|travaille|bosse|dors|en cours|ai cours|occupee?)"
    r"(?: (?:possible|dispo|disponible|disponibles|libre|la|le"
    r"|les|l|a|en|dans|vers|du|de|pour|ce|trop|pendant))* $"
    r"|(?:^| )plutot (?:\S+ ){1,4}que(?: le| la| l)? $"  # « plutôt vendredi que jeudi »
)
_REFUSED_AFTER = re.compile(
    r"(?: (?:matin|soir|apres midi))?(?: ,)? (?:(?:je|j|on|ca|c|ce) (?:ne |n )?(?:peux|peut|suis|est|va|ai|serai|sera) pas\b"
    r"|pas possible|impossible|non\b(?! ,? ?\w* ?plus)|je travaille)"
)
_NAMED_DAY = re.compile(rf"\b(?:demain|{'|'.join(DAY_NUMBER)}|le \d+)\b")
_SINCE = re.compile(r"(?:^| )depuis(?: le)? $")
_CALL = re.compile(r"appel|dispo|joindre|joign|contact|^\S+(?: \S+){0,3}$")
_WORKING = re.compile(r" (?:, )?je travaille")
# The first that stands before a day: « pas avant mardi » begins with it, « après jeudi » does not.
_BOUND_WORDS: dict[Bound, str] = {
    "from": "a partir d[eu]|des|a compter d[eu]|pas avant", "by": "pas apres|jusqu a|jusqu au|au plus tard|d ici",
    "after": "apres", "until": "avant",
}  # fmt: skip
_BOUNDS = tuple((bound, re.compile(rf"(?:^| )(?:{words})(?: le)? $")) for bound, words in _BOUND_WORDS.items())


def _is_moment(group: Sequence[Item]) -> bool:
    """« demain 14h », « jeudi soir »: a day and, right behind it, an hour or a part of it."""
    return len(group) == 2 and bool(group[0].days and group[1].window) and group[1].start - group[0].end <= 1


def _bounded_by_moment(day: date, window: Window, bound: Bound) -> Iterator[Wish]:
    """« à partir de demain 14h » is tomorrow after 14:00 or a later day; « avant demain midi » a day before, or the morning."""
    if bound in ("from", "after"):
        yield Wish((day,), Window(window.start, END_OF_DAY, "after"))
        yield Wish((day,), None, "after")
        return
    yield Wish((day,), None, "until")
    yield Wish((day,), Window(START_OF_DAY, window.end if bound == "by" else window.start, "before"))


def _minutes(match: re.Match[str]) -> int:
    if match["within"]:
        return 60
    if match["part_of"]:
        quarters = 3 if match["part_of"].startswith("3") else 1
        return 30 if "demi" in match["part_of"] else 15 * quarters
    if match["hours"]:
        return 60 * int(match["hours"]) + int(match["minutes"] or 0)
    return int(match["amount"])


@lru_cache(maxsize=1)
def _shapes() -> tuple[tuple[str, re.Pattern[str]], ...]:
    said = {key: [" ".join(run(text)) for text in table("times")[key]] for key in ("n_importe", "maintenant")}
    return shapes(list(hours_.parts()), said["n_importe"], said["maintenant"])


def _shape_at(line: str, position: int) -> tuple[str, re.Match[str] | None]:
    for name, shape in _shapes():
        match = shape.match(line, position)
        if match:
            return ("today_" if name == "today" else name), match
    return "", None


def _next_word(line: str, position: int) -> int:
    after = line.find(" ", position)
    return len(line) if after < 0 else after + 1
