"""Who is on duty at a given moment of the week, and when nobody is."""

from __future__ import annotations

from datetime import date, datetime, time

from channels.hours.rota import Shift, gaps, on_duty

MONDAY = date(2026, 11, 30)


def _shift(who: str, starts: str, ends: str, weekday: int | None = 0, **more: object) -> Shift:
    return Shift(who, who, time.fromisoformat(starts), time.fromisoformat(ends), weekday, **more)  # type: ignore[arg-type]


def _names(shifts: list[Shift], at: str, team: str | None = None) -> list[str]:
    return [shift.account_id for shift in on_duty(shifts, datetime.fromisoformat(at), team)]


def test_a_shift_holds_from_its_first_minute_to_the_one_before_its_end() -> None:
    week = [_shift("Awa", "08:00", "12:00"), _shift("Bruno", "12:00", "18:00")]
    assert _names(week, "2026-11-30T07:59") == []
    assert _names(week, "2026-11-30T08:00") == ["Awa"]
    assert _names(week, "2026-11-30T12:00") == ["Bruno"]
    assert _names(week, "2026-12-01T12:00") == [], "a Tuesday"


def test_a_night_goes_on_into_the_next_day() -> None:
    week = [_shift("Awa", "20:00", "08:00")]
    assert _names(week, "2026-11-30T23:00") == _names(week, "2026-12-01T07:59") == ["Awa"]
    assert _names(week, "2026-12-01T08:00") == _names(week, "2026-11-30T07:00") == []
    assert week[0].until(datetime(2026, 12, 1, 3)) == datetime(2026, 12, 1, 8)


def test_from_midnight_to_midnight_is_the_whole_day() -> None:
    week = [_shift("Awa", "00:00", "00:00")]
    assert _names(week, "2026-11-30T00:00") == _names(week, "2026-11-30T23:59") == ["Awa"]
    assert _names(week, "2026-12-01T00:00") == []


def test_a_single_day_goes_before_the_week() -> None:
    week = [_shift("Awa", "08:00", "18:00"), _shift("Bruno", "08:00", "18:00", None, day=MONDAY)]
    assert _names(week, "2026-11-30T09:00") == ["Bruno"]
    assert _names(week, "2026-12-07T09:00") == ["Awa"]


def test_a_teams_own_people_come_first_then_those_for_all_then_anybody() -> None:
    orne, everybody = _shift("Orne", "08:00", "18:00", team="Orne"), _shift("Tous", "08:00", "18:00")
    assert _names([orne, everybody], "2026-11-30T09:00", "Orne") == ["Orne"]
    assert _names([orne, everybody], "2026-11-30T09:00", "Eure") == _names([orne, everybody], "2026-11-30T09:00") == ["Tous"]
    assert _names([orne], "2026-11-30T09:00", "Eure") == ["Orne"]


def test_the_hours_that_nobody_covers_are_named() -> None:
    week = [_shift("Awa", "08:00", "12:00"), _shift("Bruno", "10:00", "14:00"), _shift("Nuit", "22:00", "06:00", 6)]
    assert gaps(week, MONDAY) == [(time(6), time(8)), (time(14), time(0))]
    assert gaps([], MONDAY) == [(time(0), time(0))]
    assert gaps([_shift("Awa", "00:00", "00:00")], MONDAY) == []
