"""The calls and meetings of a week: beside their cases, filtered, by day for the list and by slot for the calendar."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import groupby

from channels.case.views import CallbackView, CaseRow
from channels.hours.french_dates import day_label, hour_label, slot_label
from channels.hours.week import Hours
from clock import in_paris

_SATURDAY = 5
_SLOTS_AHEAD = 5  # days whose slots are offered for a call


@dataclass(frozen=True, slots=True)
class Call:
    """A promised call beside its case. `keeper`: who makes it; `late`: its slot is over and nobody said what became of it."""

    call: CallbackView
    case: CaseRow | None
    slot: str
    late: bool
    keeper: str | None = None

    @property
    def keeper_id(self) -> str | None:
        """Whoever was given the call, or follows its case."""
        return self.call.account_id or (self.case.owner_id if self.case else None)


@dataclass(frozen=True, slots=True)
class Wanted:
    """Filters; empty means any. `person`: an account, or « nobody »."""

    team: str = ""
    person: str = ""
    territory: str = ""

    def holds(self, call: Call) -> bool:
        """True when the call is to be shown."""
        case = call.case
        if self.team and (case is None or case.team != self.team):
            return False
        if self.territory and (case is None or case.territory != self.territory):
            return False
        if self.person == "nobody":
            return call.keeper_id is None
        return not self.person or call.keeper_id == self.person


@dataclass(frozen=True, slots=True)
class Day:
    """The calls of one day."""

    day: date
    label: str
    calls: Sequence[Call]


@dataclass(frozen=True, slots=True)
class Hour:
    """One line of the calendar: the calls that begin at this hour, a cell a day."""

    label: str
    cells: Sequence[Sequence[Call]]


def by_day(calls: Sequence[Call]) -> list[Day]:
    """The list."""
    return [Day(day, day_label(day), list(found)) for day, found in groupby(calls, key=_day)]


def week_days(first: date, calls: Sequence[Call]) -> list[date]:
    """Monday to Friday, and the end of the week when something is planned there."""
    busy = {_day(call) for call in calls}
    days = [first + timedelta(days=index) for index in range(7)]
    return [day for index, day in enumerate(days) if index < _SATURDAY or day in busy]


def by_hour(calls: Sequence[Call], days: Sequence[date]) -> list[Hour]:
    """The calendar: a line for each hour that has something."""
    cells: dict[tuple[int, int], dict[date, list[Call]]] = {}
    for call in calls:
        local = in_paris(call.call.starts_at)
        cells.setdefault((local.hour, local.minute), {}).setdefault(local.date(), []).append(call)
    return [Hour(_label(found), [found.get(day, []) for day in days]) for _, found in sorted(cells.items())]


def _label(found: Mapping[date, Sequence[Call]]) -> str:
    return hour_label(_start(next(iter(found.values()))[0]))


def _start(call: Call) -> datetime:
    return call.call.starts_at


def _day(call: Call) -> date:
    return in_paris(call.call.starts_at).date()


def offered_slots(hours: Hours) -> list[tuple[str, list[tuple[str, str]]]]:
    """Slots to move a call to, by day: (day, [(instant, « entre 9 h et 10 h »)])."""
    days = hours.days(_SLOTS_AHEAD)
    return [(day_label(day), [(slot.starts_at.isoformat(), slot_label(slot.starts_at, slot.ends_at))
                              for slot in hours.slots(day)]) for day in days]
