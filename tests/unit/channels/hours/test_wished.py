"""Slots that answer what was said: the time said, or none; also on nights when the clock changes."""

from __future__ import annotations

from datetime import date, datetime

import pytest
import time_machine
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.hours.week import Hours
from channels.hours.wished import fits, slots_wished
from clock import PARIS, in_paris
from language.times import Wish, read_times

MONDAY = datetime(2026, 11, 30, 8, 0, tzinfo=PARIS)
HOURS = Hours()


def _found(text: str, now: datetime) -> list[str]:
    with time_machine.travel(now, tick=False):
        return [f"{in_paris(slot.starts_at):%d/%m %H:%M}" for slot in slots_wished(HOURS, read_times(text, now))]


@pytest.mark.parametrize(("text", "slots"), [
    ("demain à 3h de l'après-midi", ["01/12 14:30"]),
    ("demain à 2h", ["01/12 13:30"]),
    ("demain après 15h", ["01/12 15:30"]),
    ("demain avant 11h", ["01/12 09:00", "01/12 10:00"]),
    ("demain entre 14h et 16h", ["01/12 14:30"]),
    ("demain 14h30-15h", ["01/12 14:30"]), ("demain entre 10h et 10h30", ["01/12 10:00"]), ("demain entre 12h et 13h", []),
    ("demain à 10h45-11h15", []),
    ("pas demain, jeudi à 10h", ["03/12 10:00"]),
    ("mardi en huit à 9h", ["08/12 09:00"]),
    ("demain à 20h", []), ("samedi à 10h", []), ("demain à 13h", []),
    ("demain en fin de matinée", ["01/12 11:00"]),
    ("dans deux heures", ["30/11 10:00"]),
    ("mardi ou jeudi à 9h", ["01/12 09:00", "03/12 09:00"]),
    ("le 1er janvier à 10h", []),
    ("avant demain 10h", ["30/11 09:00", "30/11 10:00", "30/11 11:00", "30/11 13:30", "30/11 14:30", "30/11 15:30",
                          "01/12 09:00"]),
    ("vers 10h/11h demain", ["01/12 10:00"]),
    ("demain, je finis à 15h30", ["01/12 15:30"]),
    ("15h demain ou 10h jeudi", ["01/12 14:30", "03/12 10:00"]),
])
def test_the_time_said_or_nothing(text: str, slots: list[str]) -> None:
    assert _found(text, MONDAY) == slots


NIGHTS = [datetime(*day, hour, tzinfo=PARIS) for hour in (0, 2, 3, 12)
          for day in ((2026, 3, 29), (2026, 10, 25), (2027, 3, 28), (2027, 10, 31))]
CLOCKS = st.sampled_from(NIGHTS) | st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)).map(
    lambda moment: moment.replace(tzinfo=PARIS))
PHRASES = ("à 10h", "demain à 15h", "après 15h", "avant 11h", "entre 14h et 16h", "mardi en huit à 10h", "pas demain, jeudi à 9h",
           "lundi prochain après 14h", "dans deux heures", "demain matin", "vendredi en fin de matinée", "le 12 à 10h",
           "du mardi au jeudi après 15h", "après jeudi", "jusqu'à jeudi", "à partir de demain 14h", "avant vendredi midi",
           "en fin de semaine prochaine", "15h demain ou 10h jeudi", "la semaine du 14", "plutôt vendredi que jeudi")


def _allows(wish: Wish, day: date) -> bool:
    if not wish.days or not wish.bound:
        return not wish.days or day in wish.days
    said = wish.days[0]
    return {"from": day >= said, "after": day > said, "until": day < said, "by": day <= said}[wish.bound]


@settings(max_examples=90, deadline=None)
@given(st.sampled_from(PHRASES), CLOCKS)
def test_a_slot_is_never_at_another_time_than_said(text: str, now: datetime) -> None:
    times = read_times(text, now)
    with time_machine.travel(now, tick=False):
        slots = slots_wished(HOURS, times)
    # What is not read (« la semaine du 14 », on its Saturday) is asked again, whatever is free.
    for slot in slots if times.wishes or not times.unclear else []:
        day = in_paris(slot.starts_at).date()
        assert any(_allows(wish, day) and (wish.window is None or fits(slot, wish.window)) for wish in times.wishes)
        assert day not in times.not_days and slot.starts_at > now
