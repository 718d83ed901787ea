"""The time, read here and nowhere else: always aware, always UTC; Paris only for people's eyes.

Tests may tell a process another time: `PARCOURS_CLOCK=2026-12-24T10:00+01:00` beside `PARCOURS_TESTING=1`. It runs on from there.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

PARIS = ZoneInfo("Europe/Paris")
SETTING, TESTING = "PARCOURS_CLOCK", "PARCOURS_TESTING"
# « instant@since »: it was `instant` when the machine's own clock said `since`.
_SINCE = "@"


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return datetime.now(UTC) + _SHIFT


def today() -> date:
    """The day on a Norman calendar."""
    return in_paris(now()).date()


def in_paris(instant: datetime) -> datetime:
    """The same instant on a Norman wall clock."""
    return instant.astimezone(PARIS)


def starting_at(instant: datetime) -> dict[str, str]:
    """The environment of processes for which it is `instant` now, whenever each of them starts."""
    return {TESTING: "1", SETTING: f"{instant.isoformat()}{_SINCE}{datetime.now(UTC).isoformat()}"}


def shift_of(environment: Mapping[str, str]) -> timedelta:
    """How far this environment puts the clock from the machine's.

    Raises:
        SystemExit: another time is asked for outside of tests, or it cannot be read; a French sentence says which.
    """
    told = environment.get(SETTING)
    if not told:
        return timedelta(0)
    if environment.get(TESTING) != "1":
        raise SystemExit(f"{SETTING} déplace l'horloge et ne sert qu'aux essais : retirez ce réglage. "
                         f"Rien n'est démarré (un essai le confirme par {TESTING}=1).")
    instant, _, since = told.partition(_SINCE)
    try:
        return _aware(instant) - (_aware(since) if since else datetime.now(UTC))
    except ValueError:
        raise SystemExit(f"{SETTING}={told} n'est pas un instant avec son fuseau, comme 2026-12-24T10:00+01:00.") from None


def _aware(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError("no time zone")
    return instant


_SHIFT = shift_of(os.environ)
if _SHIFT:
    # What this process starts, or starts again, has the same clock.
    os.environ.update(starting_at(now()))
