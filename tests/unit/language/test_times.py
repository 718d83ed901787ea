"""Days and hours for a call-back: the time said, or a question; whatever the clock, also on the nights when it changes."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from language.times import PARIS, Wish, read_times
from language.times_line import plain_line
from tests.unit.language.cases import cases

NOW = datetime(2026, 11, 30, 14, 0, tzinfo=PARIS)  # a Monday
BOUNDS = {"": "", "from": "depuis ", "after": "plus tard que ", "until": "jusque ", "by": "au plus tard "}
WEEKDAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
# Any minute of six years, with each night on which the clocks change.
CLOCKS = st.one_of(
    st.datetimes(datetime(2026, 1, 1), datetime(2031, 12, 31)).map(lambda moment: moment.replace(tzinfo=PARIS)),
    st.sampled_from([(2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31), (2028, 2, 29), (2028, 12, 31)]).flatmap(
        lambda day: st.integers(0, 1439).map(lambda minute: datetime(*day, minute // 60, minute % 60, tzinfo=PARIS))
    ),
)


def _told(wish: Wish) -> str:
    days = "|".join(f"{day:%d/%m}" for day in wish.days)
    window = f"{wish.window.start:%H:%M}-{wish.window.end:%H:%M}" if wish.window else ""
    return f"{BOUNDS[wish.bound]}{days} {window}".strip()


@pytest.mark.parametrize("case", cases("times"), ids=lambda case: str(case["text"]))
def test_the_time_said_is_the_time_read(case: dict[str, Any]) -> None:
    times = read_times(case["text"], NOW)
    assert [_told(wish) for wish in times.wishes] == case["wishes"]
    assert [_told(wish) for wish in times.refused] == case.get("refused", [])
    assert (bool(times.unclear), times.any_time) == (case.get("unclear", False), case.get("any", False))


def test_a_clock_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        read_times("demain", datetime(2026, 11, 30))


def test_nothing_said_is_told_apart_from_a_wish() -> None:
    assert not read_times("je cherche un stage", NOW).said
    assert read_times("pas demain", NOW).said and read_times("pas demain", NOW).days == ()


@given(st.sampled_from(WEEKDAYS), CLOCKS)
def test_a_weekday_is_the_next_of_its_name(name: str, now: datetime) -> None:
    (day,) = read_times(name, now).days
    assert day.weekday() == WEEKDAYS.index(name) and 0 <= (day - now.date()).days < 7


@given(st.sampled_from(WEEKDAYS), CLOCKS)
def test_a_weekday_in_eight_days_is_a_week_later(name: str, now: datetime) -> None:
    (plain,), (later,) = read_times(name, now).days, read_times(f"{name} en huit", now).days
    assert (later - plain).days == 7


@given(st.sampled_from(WEEKDAYS), CLOCKS)
def test_a_next_weekday_is_never_today(name: str, now: datetime) -> None:
    (day,) = read_times(f"{name} prochain", now).days
    assert 1 <= (day - now.date()).days <= 7 and day.weekday() == WEEKDAYS.index(name)


@given(st.sampled_from(WEEKDAYS), st.integers(8, 19), CLOCKS)
def test_an_hour_on_a_weekday_is_ahead(name: str, hour: int, now: datetime) -> None:
    (wish,) = read_times(f"{name} à {hour}h", now).wishes
    assert wish.window and wish.window.start.hour == hour
    assert datetime.combine(wish.days[0], wish.window.start, PARIS) > now.replace(tzinfo=PARIS, fold=0)


@given(st.integers(1, 600), CLOCKS)
def test_elapsed_minutes_are_elapsed_minutes_also_when_clocks_change(minutes: int, now: datetime) -> None:
    (wish,) = read_times(f"dans {minutes} minutes", now).wishes
    assert wish.window
    then = (now.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(PARIS)
    assert (wish.days[0], wish.window.start) == (then.date(), then.time().replace(second=0, microsecond=0))


@given(st.integers(1, 31), CLOCKS)
def test_a_day_of_the_month_is_the_next_one_with_that_number(number: int, now: datetime) -> None:
    (day,) = read_times(f"le {number}", now).days
    assert day.day == number and 0 <= (day - now.date()).days < 62


@given(st.dates(date(2026, 1, 1), date(2031, 12, 31)), CLOCKS)
def test_a_full_date_ahead_is_that_date_and_a_past_one_is_said(day: date, now: datetime) -> None:
    times = read_times(f"le {day.day}/{day.month}/{day.year}", now)
    assert times.days == ((day,) if day >= now.date() else ()) and bool(times.unclear) == (day < now.date())


@given(st.integers(7, 20), st.integers(0, 59), CLOCKS)
def test_every_way_of_writing_an_hour_is_the_same_hour(hour: int, minute: int, now: datetime) -> None:
    forms = (f"à {hour}h{minute:02d}", f"{hour}:{minute:02d}", f"a {hour} h {minute:02d}", f"à {hour} heures {minute:02d}")
    windows = {read_times(form, now).windows for form in forms}
    assert len(windows) == 1 and [(window.start.hour, window.start.minute) for window in windows.pop()] == [(hour, minute)]


@given(st.sampled_from(WEEKDAYS), CLOCKS)
def test_a_span_of_days_holds_every_day_from_the_first_to_the_last(name: str, now: datetime) -> None:
    last = WEEKDAYS[(WEEKDAYS.index(name) + 2) % 7]
    days = read_times(f"du {name} au {last}", now).days
    assert [day.weekday() for day in days] == [(WEEKDAYS.index(name) + ahead) % 7 for ahead in range(3)]
    assert [(day - days[0]).days for day in days] == [0, 1, 2] and days[0] >= now.date()


@given(st.integers(7, 19), st.sampled_from([5, 10, 20, 25]), CLOCKS)
def test_minutes_to_the_hour_come_off_it(hour: int, minutes: int, now: datetime) -> None:
    assert read_times(f"à {hour}h moins {minutes}", now).windows == read_times(f"à {hour - 1}h{60 - minutes}", now).windows


@given(st.sampled_from(["demain", "jeudi", "le 12", "mardi en huit", "la semaine prochaine", "en fin de semaine"]), CLOCKS)
def test_what_is_refused_is_never_wished(phrase: str, now: datetime) -> None:
    times = read_times(f"pas {phrase}", now)
    assert times.days == () and times.not_days == read_times(phrase, now).days


@settings(max_examples=200)
@given(st.text(alphabet="0123456789h:/ -,demainlujroéà", max_size=80), CLOCKS)
def test_no_text_makes_it_fail_and_no_day_is_past(text: str, now: datetime) -> None:
    times = read_times(text, now)
    assert all(day >= now.date() for wish in times.wishes for day in wish.days)
    assert all(window.start <= window.end for window in times.windows)


def test_a_line_is_plain() -> None:
    assert plain_line("demain à quinze heures trente, svp") == "demain a 15h30 , s il vous plait"
