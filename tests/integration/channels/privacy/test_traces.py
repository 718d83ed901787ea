"""What SQLite's files hold after an erasure: not even the encrypted form of what was erased, in no page and in no log."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import text

from channels.privacy.crypto import Keyring
from channels.services import Services
from channels.settings import Settings
from tests.fixtures.echo_engine import EchoEngine
from tests.integration.channels.talk import sms, web

NUMBER = "+33639980001"


@pytest.fixture
async def services(tmp_path: Path) -> AsyncIterator[Services]:
    """Services on the embedded database."""
    settings = Settings(_env_file=None, state_dir=tmp_path, database_url=None, opening="always")  # type: ignore[call-arg]
    opened = Services.open(settings, EchoEngine(), Keyring.ephemeral())
    yield opened
    await opened.stop()


async def tokens(services: Services) -> list[bytes]:
    """Every encrypted value and wrapped key, as it lies in the database."""
    statements = ("SELECT text FROM message", "SELECT phone FROM contact", "SELECT payload FROM outbox WHERE kind = 'sms'",
                  "SELECT wrapped FROM person_key", "SELECT engine_state FROM conversation WHERE engine_state IS NOT NULL")

    def read(session):  # type: ignore[no-untyped-def]
        return [str(row[0]).encode() for statement in statements for row in session.execute(text(statement))]

    return await services.db.read(read)


def files_with(folder: Path, wanted: list[bytes]) -> set[str]:
    """The files (database, write-ahead log, index) that hold one of these values."""
    return {path.name for path in folder.glob("conversations.sqlite3*") for value in wanted if value in path.read_bytes()}


async def test_no_file_holds_what_was_erased_by_the_command_line(services: Services, tmp_path: Path) -> None:
    for said in ("bonjour", "je m'appelle Zélie " * 80, "et à Caen ?"):
        await sms(services, said, sender=NUMBER)
    gone = await tokens(services)
    assert len(gone) > 8 and files_with(tmp_path, gone), "nothing was there to erase"
    await services.persons.erase(NUMBER)
    assert files_with(tmp_path, gone) == set()


async def test_no_file_holds_what_a_citizen_erased(services: Services, tmp_path: Path) -> None:
    session = await services.chat.open_session()
    await web(services, session, "je m'appelle Zélie " * 80)
    gone = await tokens(services)
    await services.chat.erase(session.session_id)
    assert files_with(tmp_path, gone) == set()


async def test_what_others_wrote_stays(services: Services) -> None:
    mine, other = await services.chat.open_session(), await services.chat.open_session()
    await web(services, other, "bonjour")
    await services.chat.erase(mine.session_id)
    assert [item.text for item in (await services.chat.events(other.session_id, 1)).messages] == ["bonjour", "Réponse à bonjour"]
