"""A full disk: what cannot be kept is refused in words, nothing is half done, and all goes on once there is room."""

from __future__ import annotations

import json
import shutil
import sqlite3
import uuid
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from multiprocessing.context import ForkServerContext
from pathlib import Path

import httpx
import pytest
from sqlalchemy.exc import OperationalError

from channels.messages import Incoming
from channels.services import Services
from tests.faults.disks import LONG, Disk, PageLimit, RealDisk, small_file_system, write_until_refused
from tests.faults.dying import DATABASE, SENDER, open_services
from tests.fixtures.application import application
from tests.integration.channels.talk import sms, web


@pytest.fixture
def small(tmp_path: Path, migrated: Path) -> Iterator[tuple[Path, bool]]:
    """A state directory with its database, and whether it has a small file system of its own."""
    with small_file_system(tmp_path / "disque") as mounted:
        folder = mounted or tmp_path
        shutil.copy(migrated, folder / DATABASE)
        yield folder, mounted is not None


@pytest.fixture
async def full(small: tuple[Path, bool]) -> AsyncIterator[tuple[Services, Disk]]:
    """The helpline on that disk; where nothing may be mounted, SQLite's own limit stands in for it."""
    folder, real = small
    services, _ = open_services(folder)
    yield services, RealDisk(folder) if real else PageLimit(services)
    await services.stop()


def client_of(services: Services) -> httpx.AsyncClient:
    """A browser."""
    app = application(services.settings, services.engine)
    app.state.services, app.state.knowledge = services, None
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    return httpx.AsyncClient(transport=transport, base_url="http://chat.test")


async def test_a_full_disk_is_said_in_words_and_the_message_goes_through_once_there_is_room(full: tuple[Services, Disk]) -> None:
    services, disk = full
    session = await services.chat.open_session()
    async with client_of(services) as client:
        disk.fill()
        taken, refused = await _until_refused(client, session.token)
        assert refused.status_code == 500
        assert "Réessayez" in refused.json()["error"]["message"] and "disk" not in refused.text
        disk.free()
        again = await _send(client, session.token, f"k{taken}")
    assert again.status_code == 200 and len(again.json()["messages"]) == 1
    authors = [item.author for item in (await services.chat.events(session.session_id, 1)).messages]
    assert authors == ["citizen", "bot"] * (taken + 1), "something was lost, or kept by half"
    assert await services.relay.recover() == 0


async def _until_refused(client: httpx.AsyncClient, token: str) -> tuple[int, httpx.Response]:
    # What the write-ahead log has room for already still fits.
    for number in range(100):
        answer = await _send(client, token, f"k{number}")
        if answer.status_code != 200:
            return number, answer
    raise AssertionError("the disk was never full")


async def _send(client: httpx.AsyncClient, token: str, key: str) -> httpx.Response:
    headers = {"authorization": f"Bearer {token}", "idempotency-key": key}
    return await client.post("/api/chat/messages", json={"text": LONG}, headers=headers)


async def test_an_erasure_that_does_not_fit_is_not_done_by_half(full: tuple[Services, Disk]) -> None:
    services, disk = full
    await sms(services, "bonjour", sender=SENDER)
    disk.fill()
    with pytest.raises((OperationalError, OSError)):
        for number in range(100):
            await sms(services, f"{number} {LONG}", sender=SENDER)
        raise AssertionError("the disk was never full")
    with pytest.raises((OperationalError, OSError)):
        await services.persons.erase(SENDER)
    disk.free()
    assert (await services.persons.export(SENDER))["conversations"]
    assert (await services.persons.erase(SENDER)).contacts == 1
    assert await services.opt_outs.is_out(SENDER) is False


async def test_files_that_may_not_grow_refuse_and_lose_nothing(
    processes: ForkServerContext, folder: Path, tmp_path: Path
) -> None:
    services, _ = open_services(folder)
    session = await services.chat.open_session()
    await services.stop()
    report = tmp_path / "rapport.json"
    process = processes.Process(target=write_until_refused, args=(str(folder), session.token, str(report)))
    process.start()
    process.join(120)
    assert process.exitcode == 0
    said = json.loads(report.read_text())
    assert said["refused"], "its files could grow"

    with closing(sqlite3.connect(folder / DATABASE)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    services, _ = open_services(folder)
    await services.relay.recover()
    answers = [await services.relay.receive(Incoming("web", LONG, token=session.token, client_id=key))
               for key in (*said["taken"], said["refused"])]
    assert all(answer.duplicate for answer in answers[:-1]), "what was taken was lost"
    assert all(len(answer.messages) == 1 for answer in answers)
    assert await services.relay.recover() == 0
    await services.stop()


async def test_a_new_conversation_on_a_full_disk_is_refused_and_opens_later(full: tuple[Services, Disk]) -> None:
    services, disk = full
    disk.fill()
    with pytest.raises((OperationalError, OSError)):
        for _ in range(300):
            await services.chat.open_session(page_url=f"https://exemple.fr/{uuid.uuid4()}/{'x' * 400}")
        raise AssertionError("the disk was never full")
    disk.free()
    opened = await services.chat.open_session()
    assert (await web(services, opened, "bonjour")).messages
