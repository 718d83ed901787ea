"""Which call-back slots answer what somebody said of days and hours: the time said, never another one in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, time

from channels.hours.week import Hours, Slot
from clock import in_paris
from language.times import Times, Wish
from language.times_hours import Window

_AHEAD = 10  # days with free slots looked at when no day, or only a bound, was said


def slots_wished(hours: Hours, times: Times, on: date | None = None) -> list[Slot]:
    """The free slots that these words allow, in order. `on`: the day chosen before, for words that name hours only."""
    found = {slot for wish in _wishes(times, on) for slot in _slots(hours, wish)
             if not any(_refuses(wish, slot, on) for wish in times.refused)}
    return sorted(found, key=lambda slot: slot.starts_at)


def days_of(slots: Sequence[Slot]) -> list[date]:
    """The days of these slots, in order."""
    return list(dict.fromkeys(in_paris(slot.starts_at).date() for slot in slots))


def _wishes(times: Times, on: date | None) -> list[Wish]:
    """What is wished; « n'importe quand », or only a refusal, leaves everything else."""
    if not times.wishes:
        return [Wish((on,) if on and not times.not_days else ())]
    return [replace(wish, days=(on,)) if on and not wish.days else wish for wish in times.wishes]


def _slots(hours: Hours, wish: Wish) -> list[Slot]:
    return [slot for day in _days(hours, wish) for slot in hours.slots(day) if wish.window is None or fits(slot, wish.window)]


def _days(hours: Hours, wish: Wish) -> Sequence[date]:
    if not wish.days:
        return hours.days(_AHEAD)
    if wish.bound:
        kept = _WITHIN[wish.bound]
        return [day for day in hours.days(2 * _AHEAD) if kept(day, wish.days)]
    return wish.days


_WITHIN: dict[str, Callable[[date, Sequence[date]], bool]] = {
    "from": lambda day, said: day >= min(said), "after": lambda day, said: day > max(said),
    "until": lambda day, said: day < min(said), "by": lambda day, said: day <= max(said),
}  # fmt: skip


def fits(slot: Slot, window: Window) -> bool:
    """« à 15h », « de 14h30 à 15h » are the slot that holds them, « entre 14h et 16h » and « avant 11h » hold the slot, « le
    matin » begins it."""
    start, end = in_paris(slot.starts_at).time(), in_paris(slot.ends_at).time()
    if window.kind == "at":
        return start <= window.start < end
    if window.kind == "part":
        return window.start <= start < window.end
    held = window.kind == "between" and start <= window.start and window.end <= end
    return held or (window.start <= start and end <= window.end)


def _refuses(wish: Wish, slot: Slot, on: date | None) -> bool:
    local = in_paris(slot.starts_at)
    days = wish.days or ((on,) if on else ())
    if days and local.date() not in days:
        return False
    return wish.window is None or _meets(slot, wish.window)


def _meets(slot: Slot, window: Window) -> bool:
    start, end = in_paris(slot.starts_at).time(), in_paris(slot.ends_at).time()
    last: time = window.end
    return start <= window.start < end if window.kind == "at" else start < last and window.start < end
