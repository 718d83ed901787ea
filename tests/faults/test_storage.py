"""A database that another program holds: a moment only delays, a long while is a visible failure; nothing is half done."""

from __future__ import annotations

import sqlite3
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy.exc import OperationalError

from channels.services import Services
from channels.store import database
from tests.faults.dying import DATABASE
from tests.faults.provider import FileProvider
from tests.integration.channels.talk import web

Helpline = tuple[Services, FileProvider]


def hold(file: Path, seconds: float, held: threading.Event) -> None:
    """Another program writes for a while."""
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        held.set()
        time.sleep(seconds)
        other.execute("ROLLBACK")


async def test_a_database_locked_for_a_moment_only_delays(helpline: Helpline, folder: Path) -> None:
    services, _ = helpline
    session, held = await services.chat.open_session(), threading.Event()
    other = threading.Thread(target=hold, args=(folder / DATABASE, 0.5, held))
    other.start()
    held.wait(5)
    answer = await web(services, session, "bonjour")
    other.join()
    assert [message.text for message in answer.messages] == ["Réponse à bonjour"]


async def test_a_database_locked_for_long_is_a_visible_failure_and_then_works(
    helpline: Helpline, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, _ = helpline
    session = await services.chat.open_session()
    monkeypatch.setattr(database, "_BUSY_TIMEOUT", 50)
    services.db.engine.dispose()  # new connections, which wait a twentieth of a second only
    with closing(sqlite3.connect(folder / DATABASE, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(OperationalError, match="locked"):
            await web(services, session, "bonjour", key="k1")
        other.execute("ROLLBACK")
    answer = await web(services, session, "bonjour", key="k1")
    assert [message.text for message in answer.messages] == ["Réponse à bonjour"] and not answer.duplicate
