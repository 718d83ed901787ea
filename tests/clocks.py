"""The clocks at which date-sensitive tests run: `pytestmark = pytest.mark.any_clock`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from clock import PARIS

OWN = "horloge de la machine"
# The two nights begin ten seconds before the change, so that a test goes through it.
CLOCKS = {
    OWN: None,
    "lundi 10 h": datetime(2026, 12, 7, 10, tzinfo=PARIS),
    "samedi soir": datetime(2026, 12, 5, 23, 30, tzinfo=PARIS),
    "14 juillet": datetime(2027, 7, 14, 11, tzinfo=PARIS),
    "24 décembre": datetime(2026, 12, 24, 16, tzinfo=PARIS),
    "nuit du 28 mars": datetime(2027, 3, 28, 1, 59, 50, tzinfo=PARIS),
    "nuit du 31 octobre": datetime(2027, 10, 31, 2, 59, 50, tzinfo=PARIS),
    "29 février": datetime(2028, 2, 29, 9, tzinfo=PARIS),
}


@pytest.fixture(autouse=True)
def told_time(request: pytest.FixtureRequest) -> Iterator[None]:
    """One of the clocks for this test and all that it starts in this process; the machine's own for those without the mark."""
    instant = CLOCKS[getattr(request, "param", OWN)]
    if instant is None:
        yield
        return
    # In UTC: given a time zone, time_machine would make it that of the process.
    with time_machine.travel(instant.astimezone(UTC)):
        yield


def at_each_clock(metafunc: pytest.Metafunc) -> None:
    """A test with the mark becomes one for each clock."""
    if metafunc.definition.get_closest_marker("any_clock"):
        metafunc.parametrize("told_time", list(CLOCKS), indirect=True)


def worth_running(item: pytest.Item) -> bool:
    """PostgreSQL at the machine's own clock only: the clock is ours, whichever database keeps what it says."""
    told = getattr(item, "callspec", None)
    return told is None or told.params.get("told_time", OWN) == OWN or "postgresql" not in told.params.values()
