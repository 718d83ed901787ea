"""Days and hours as people write them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from channels.hours.french_dates import day_label, hour_label, read_day, read_hour
from clock import PARIS

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(("said", "day"), [
    ("demain", date(2026, 11, 25)), ("après-demain", date(2026, 11, 26)), ("Jeudi matin svp", date(2026, 11, 26)),
    ("lundi prochain", date(2026, 11, 30)), ("mardi", TUESDAY), ("mardi prochain", date(2026, 12, 1)),
    ("le 27", date(2026, 11, 27)), ("le 3", date(2026, 12, 3)), ("3 décembre", date(2026, 12, 3)),
    ("02/01", date(2027, 1, 2)), ("aujourd'hui", TUESDAY), ("bof", None), ("le 45", None), ("31/02", None)])
def test_the_day_that_is_meant(said: str, day: date | None) -> None:
    assert read_day(said, TUESDAY) == day


@pytest.mark.parametrize(("said", "hour"), [
    ("10h", (10, 0)), ("14 h 30", (14, 30)), ("vers 9", (9, 0)), ("11", (11, 0)), ("le matin", (9, 0)),
    ("l'après-midi", (14, 0)), ("midi", (12, 0)), ("27h", None), ("jeudi", None)])
def test_the_hour_that_is_meant(said: str, hour: tuple[int, int] | None) -> None:
    assert read_hour(said) == hour


def test_labels_read_as_french() -> None:
    assert day_label(date(2026, 12, 1)) == "mardi 1er décembre"
    assert hour_label(datetime(2026, 11, 24, 13, 30, tzinfo=PARIS)) == "13 h 30"


@pytest.mark.parametrize(("said", "hour"), [("dix heures", 10), ("vers quatorze heures trente", 14), ("dix-sept heures", 17),
                                            ("à deux heures", 14), ("dix huit heures", 18)])
def test_an_hour_is_understood_as_callers_say_it(said: str, hour: int) -> None:
    found = read_hour(said)
    assert found is not None and found[0] == hour
