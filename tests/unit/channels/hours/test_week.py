"""Opening hours on Norman wall clocks: holidays, closures, and the two nights of daylight saving."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from channels.hours.week import Hours, OpeningFileError
from clock import PARIS, in_paris

pytestmark = pytest.mark.any_clock


def paris(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=PARIS)  # type: ignore[misc]


def opening(tmp_path: Path, text: str) -> Hours:
    file = tmp_path / "opening.yml"
    file.write_text(text, "utf-8")
    return Hours("schedule", file)


@pytest.mark.parametrize(("when", "is_open"), [
    (paris(2026, 11, 24, 9, 0), True), (paris(2026, 11, 24, 8, 59), False), (paris(2026, 11, 24, 12, 45), False),
    (paris(2026, 11, 24, 17, 0), False), (paris(2026, 11, 28, 10, 0), False),
    (paris(2026, 11, 11, 10, 0), False), (paris(2026, 5, 14, 10, 0), False), (paris(2026, 12, 25, 10, 0), False),
    (paris(2027, 3, 29, 10, 0), False), (paris(2027, 3, 30, 10, 0), True)])
def test_weekdays_are_open_and_french_public_holidays_closed(when: datetime, is_open: bool) -> None:
    assert Hours().is_open(when) is is_open


def test_trials_may_be_always_or_never_open_and_still_have_slots() -> None:
    sunday = paris(2026, 11, 22, 3, 0)
    assert Hours("always").is_open(sunday)
    assert not Hours("never").is_open(paris(2026, 11, 24, 10, 0))
    assert Hours("never").days(1, sunday) == [date(2026, 11, 23)]


def test_the_next_opening_skips_the_night_the_week_end_and_holidays() -> None:
    assert Hours().next_opening(paris(2026, 12, 24, 18, 0)) == paris(2026, 12, 28, 9, 0)
    assert Hours().next_opening(paris(2026, 11, 24, 10, 0)) == paris(2026, 11, 24, 10, 0)


@pytest.mark.parametrize(("day", "offset"), [(date(2026, 10, 23), 2), (date(2026, 10, 26), 1), (date(2027, 3, 26), 1),
                                             (date(2027, 3, 30), 2)])
def test_nine_in_the_morning_stays_nine_on_both_sides_of_the_change(day: date, offset: int) -> None:
    slot = Hours().slots(day, datetime(2026, 10, 1, tzinfo=UTC))[0]
    assert slot.starts_at.astimezone(UTC).hour == 9 - offset
    assert slot.starts_at.astimezone(PARIS).hour == 9


NIGHT = """
semaine: {lundi: [], mardi: [], mercredi: [], jeudi: [], vendredi: [], samedi: [], dimanche: ["01:00-04:00"]}
creneau_minutes: 60
delai_minutes: 0
"""


def test_the_night_of_october_has_one_hour_more_and_that_of_march_one_less(tmp_path: Path) -> None:
    hours = opening(tmp_path, NIGHT)
    before = datetime(2026, 1, 1, tzinfo=UTC)
    assert len(hours.slots(date(2026, 10, 25), before)) == 4
    assert len(hours.slots(date(2026, 3, 29), before)) == 2
    assert len(hours.slots(date(2026, 6, 7), before)) == 3
    for slot in hours.slots(date(2026, 3, 29), before):
        assert hours.is_open(slot.starts_at)
        assert hours.slot_at(slot.starts_at, before) == slot


def test_closures_and_exceptions_of_the_file_are_obeyed(tmp_path: Path) -> None:
    hours = opening(tmp_path, """
semaine: {lundi: ["09:00-12:00"], mardi: ["09:00-12:00"]}
fermetures: [2026-11-23, 2026-12-28/2026-12-31]
exceptions: {2026-11-28: ["10:00-11:00"]}
""")
    assert not hours.is_open(paris(2026, 11, 23, 10))
    assert hours.is_open(paris(2026, 11, 24, 10))
    assert not hours.is_open(paris(2026, 12, 29, 10))
    assert hours.is_open(paris(2026, 11, 28, 10))


def test_a_file_that_cannot_be_read_says_what_is_wrong(tmp_path: Path) -> None:
    with pytest.raises(OpeningFileError, match="9h-12h"):
        opening(tmp_path, "semaine: {lundi: ['9h-12h']}")


@pytest.mark.parametrize(("text", "told"), [
    ("semaine: {lundit: ['09:00-12:00']}", "lundit"), ("semaine: {lundi: ['09:00-12:00', '11:00-13:00']}", "chevauchent"),
    ("{semaine: {lundi: []}, exceptions: {2026-12-24: ['09:00-12:00', '09:30-10:00']}}", "chevauchent"),
    ("semaines: {lundi: ['09:00-12:00']}", "semaines"), ("{semaine: {lundi: []}, fermeture: [2026-12-24]}", "fermeture"),
    ("semaine:", "semaine"), ("{semaine: {lundi: []}, creneau_minutes: 0}", "creneau_minutes"),
    ("{semaine: {lundi: []}, delai_minutes: une heure}", "delai_minutes"),
    ("{semaine: {lundi: []}, exceptions: [2026-12-24]}", "exceptions")])
def test_an_unknown_line_or_day_and_hours_that_overlap_are_refused(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(OpeningFileError, match=told):
        opening(tmp_path, text)


def test_a_slot_that_is_too_close_is_not_offered() -> None:
    hours = Hours()
    first, *_ = hours.slots(date(2026, 11, 24), paris(2026, 11, 24, 9, 30))
    assert first.starts_at == paris(2026, 11, 24, 11, 0)


def test_hours_in_any_order_close_with_the_last(tmp_path: Path) -> None:
    hours = opening(tmp_path, "semaine: {lundi: ['13:30-17:00', '09:00-12:00']}")
    monday = datetime(2026, 11, 30, 10, tzinfo=PARIS)
    closes = hours.closes_at(monday)
    assert closes is not None and in_paris(closes).hour == 17
