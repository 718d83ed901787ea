"""A full disk, a database that another program holds: what cannot be kept is refused in words, and nothing is half done."""

from __future__ import annotations

import sqlite3
import threading
import time
import uuid
from contextlib import closing
from pathlib import Path

import httpx
import pytest
from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from channels.app import create_app
from channels.services import Services
from channels.store import database
from tests.faults.dying import DATABASE
from tests.faults.provider import FileProvider
from tests.integration.channels.talk import web

Helpline = tuple[Services, FileProvider]


class Disk:
    """SQLite's own « database or disk is full »: the file may not grow beyond what it has."""

    def __init__(self, services: Services) -> None:
        self.full, self._engine = False, services.db.engine
        event.listen(self._engine, "begin", self._limit)

    def _limit(self, connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={1 if self.full else 2**30}")  # type: ignore[attr-defined]


def client_of(services: Services) -> httpx.AsyncClient:
    """A browser."""
    app = create_app(services.settings, services.engine)
    app.state.services, app.state.knowledge = services, None
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://chat.test")


async def test_a_full_disk_is_said_in_words_and_the_message_goes_through_once_there_is_room(helpline: Helpline) -> None:
    services, _ = helpline
    disk, session = Disk(services), await services.chat.open_session()
    headers = {"authorization": f"Bearer {session.token}", "idempotency-key": str(uuid.uuid4())}
    async with client_of(services) as client:
        disk.full = True
        text = "é" * 1900  # long enough to need pages that are not there
        refused = [await client.post("/api/chat/messages", json={"text": text}, headers=headers) for _ in range(3)]
        assert {answer.status_code for answer in refused} == {500}
        assert "Réessayez" in refused[0].json()["error"]["message"] and "disk" not in refused[0].text
        disk.full = False
        again = await client.post("/api/chat/messages", json={"text": text}, headers=headers)
    assert again.status_code == 200 and len(again.json()["messages"]) == 1
    assert [item.author for item in (await services.chat.events(session.session_id, 1)).messages] == ["citizen", "bot"]


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
