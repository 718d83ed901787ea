"""Fixtures that every part of the suite shares."""

from __future__ import annotations

import gc
import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from hypothesis import HealthCheck, settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from xdist.scheduler import LoadScopeScheduling

import clock
from tests.clocks import at_each_clock, told_time, worth_running
from tests.fixtures.shipped_knowledge import RANKING, shipped_knowledge
from tests.fixtures.twilio_emulator import Emulator, twilio_emulator
from tests.ordinary_week import monday_morning
from tests.ports import free_port
from tests.postgres import postgres_cluster
from tests.room import Room
from tests.stack import Stack, running_stack
from tests.stages import Stages

# A slow machine is not a failure.
settings.register_profile("parcours", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("parcours")

# Every helpline and worker of a run shares what the ranking learns, unless the shell names a folder.
os.environ.setdefault("PARCOURS_RANKING_DIR", str(RANKING))

__all__ = ["told_time"]  # a fixture of every test

# A number that the French numbering plan keeps for fiction: calls are put through there.
ADVISORS = "+33199000002"


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    """Passwords of this process are hashed in no time; what the helpline pays is tested in tests/unit/channels/people."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("channels.people.passwords._hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """One PostgreSQL cluster for the session, started only when a test asks for it."""
    with postgres_cluster() as url:
        yield url


@pytest.fixture
def postgres_database(postgres_url: str) -> Iterator[str]:
    """The URL of an empty PostgreSQL database, dropped after the test."""
    name = f"test_{uuid.uuid4().hex}"
    server = create_engine(postgres_url, isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(postgres_url).set(database=name).render_as_string(hide_password=False)
    with server.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    server.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an EMPTY database, once on SQLite and once on PostgreSQL: the same tests hold on both."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.sqlite3'}"
    return str(request.getfixturevalue("postgres_database"))


@pytest.fixture(scope="session")
def helpline_port() -> int:
    """The public port of the whole helpline: known first, because Twilio has to know where it will answer."""
    return free_port()


@pytest.fixture(scope="session")
def twilio(helpline_port: int) -> Iterator[Emulator]:
    """An independent Twilio whose webhooks lead to the whole helpline."""
    with twilio_emulator(webhooks=f"http://127.0.0.1:{helpline_port}") as emulator:
        yield emulator


@pytest.fixture(scope="session")
def stack(helpline_port: int, twilio: Emulator) -> Iterator[Stack]:
    """The whole helpline with advisors present, started once; its tests carry the mark `stack`."""
    address = f"http://127.0.0.1:{helpline_port}"
    settings = {"PARCOURS_PORT": str(helpline_port), "PARCOURS_PUBLIC_URL": address, "PARCOURS_SMS_BATCH_SECONDS": "0.05",
                "PARCOURS_ADVISOR_NUMBER": ADVISORS}
    # Always the same day of the week and hour: ahead of the machine's own, so that no browser finds its session ended.
    settings |= clock.starting_at(monday_morning())
    with running_stack({**twilio.settings, **settings}, shipped_knowledge()) as running:
        yield running


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Date-sensitive tests run at each clock."""
    at_each_clock(metafunc)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Tests that need a running helpline carry the mark `stack`."""
    items[:] = filter(worth_running, items)
    for item in items:
        if {"stack", "closed_stack"} & set(getattr(item, "fixturenames", ())):
            item.add_marker(pytest.mark.stack)


def pytest_collection_finish() -> None:
    """What is loaded by now stays: the collector of garbage need not look at it again after every test."""
    gc.collect()
    gc.freeze()


def pytest_configure(config: pytest.Config) -> None:
    """The process that starts the run says where everything is written, and at its end where the time went."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(Room.take(), "room")
        config.pluginmanager.register(Stages(), "stages")


_HEAVY = ("tests/e2e/", "tests/dialogues/")
# No asyncio test there: file by file they may follow the browser in its worker, and balance the two.
_EITHER = ("tests/integration/knowledge_base/", "tests/integration/bot/", "tests/integration/actions/",
           "tests/unit/actions/", "tests/unit/bot/", "tests/unit/channels/safety/", "tests/unit/evaluation/",
           "tests/unit/knowledge_base/", "tests/unit/language/")
# Alone in their run, and no two share what is slow: one by one.
_PUBLISHED = ("tests/integration/knowledge_base/test_published_", "tests/integration/knowledge_base/sources/test_published_")


class TwoRooms(LoadScopeScheduling):  # type: ignore[misc]  # xdist carries no types
    """The browser and the running helplines in one worker, asyncio tests in the other.

    Playwright's sync API leaves its event loop running in its thread, where no asyncio test could follow; and each big
    fixture is started once.
    """

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith(_PUBLISHED):
            return nodeid
        if nodeid.startswith(_EITHER):
            return nodeid.split("::")[0]
        return "heavy" if nodeid.startswith(_HEAVY) else "light"


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> TwoRooms:
    """Used by `pytest -n 2`."""
    return TwoRooms(config, log)
