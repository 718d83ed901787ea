"""What people asked for since a backup is done again on what the backup brought back, on both databases."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from channels.privacy.crypto import Keyring
from channels.privacy.restored import Obeyed, obey_again
from channels.services import Services
from channels.settings import Settings
from channels.store.ledger import Entry, Ledger
from tests.integration.channels.conftest import ScriptedEngine
from tests.integration.channels.talk import sms, web

NUMBER, OTHER = "+33639980001", "+33639980002"
_WHEN = "2026-11-27T01:00:00+00:00"


def _no_folder(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.write_text("a file where the folder should be")


async def test_every_erasure_is_in_the_ledger_before_it_is_done(services: Services, tmp_path: Path) -> None:
    answer = await sms(services, "bonjour", sender=NUMBER)
    session = await services.chat.open_session()
    await services.persons.erase(NUMBER)
    await services.chat.erase(session.session_id)
    noted = [entry.key for entry in Ledger(tmp_path / "erasures").entries() if entry.kind == "erased"]
    assert {answer.conversation_id, session.session_id} <= set(noted) and len(noted) == 3, "the number's own id is the third"


async def test_an_erasure_that_cannot_be_noted_is_not_done(services: Services, tmp_path: Path) -> None:
    session = await services.chat.open_session()
    _no_folder(tmp_path / "erasures")
    with pytest.raises(OSError):
        await services.chat.erase(session.session_id)
    assert await services.chat.session(session.token)


async def test_stop_is_obeyed_while_the_ledger_cannot_be_written_and_noted_once_it_can(
        services: Services, tmp_path: Path) -> None:
    await sms(services, "bonjour", sender=NUMBER)
    _no_folder(tmp_path / "erasures")
    await sms(services, "STOP", sender=NUMBER)
    assert await services.opt_outs.is_out(NUMBER)
    (tmp_path / "erasures").unlink()
    services.db.note_late()
    assert [entry.kind for entry in Ledger(tmp_path / "erasures").entries()] == ["stop"]


def test_without_a_ledger_that_can_be_written_nothing_starts(settings: Settings, tmp_path: Path) -> None:
    (tmp_path / "erasures").write_text("a file where the folder should be")
    with pytest.raises(OSError):
        Services.open(settings, ScriptedEngine(), Keyring.ephemeral())


async def test_who_was_erased_goes_again_and_the_others_stay(services: Services) -> None:
    gone, kept = await sms(services, "bonjour", sender=NUMBER), await sms(services, "bonjour", sender=OTHER)
    entries = [Entry(_WHEN, "erased", gone.conversation_id), Entry(_WHEN, "erased", "f" * 32)]
    assert obey_again(services.db, entries) == Obeyed(conversations=1)
    assert obey_again(services.db, entries) == Obeyed()
    assert [item["messages"] for item in (await services.persons.export(NUMBER))["conversations"]] == []
    assert (await services.persons.export(OTHER))["conversations"][0]["id"] == kept.conversation_id


async def test_a_number_that_was_erased_takes_its_threads_with_it(services: Services, tmp_path: Path) -> None:
    session = await services.chat.open_session()
    await web(services, session, "bonjour")
    await sms(services, "bonjour", sender=NUMBER)
    await services.persons.erase(NUMBER)
    noted = Ledger(tmp_path / "erasures").entries()
    await sms(services, "me revoilà", sender=NUMBER)  # a new contact: what was erased before does not concern it
    assert obey_again(services.db, noted) == Obeyed()
    assert await services.persons.export(NUMBER)
    assert await services.chat.session(session.token)


async def test_a_stop_said_since_is_obeyed_and_the_last_wish_counts(services: Services) -> None:
    await sms(services, "bonjour", sender=NUMBER)
    hashes = [services.keys.lookup(number) for number in (NUMBER, OTHER)]
    entries = [Entry(_WHEN, "stop", hashes[0]), Entry(_WHEN, "stop", hashes[1]),
               Entry("2026-11-27T02:00:00+00:00", "start", hashes[1])]
    assert obey_again(services.db, entries) == Obeyed(wishes=1)
    assert await services.opt_outs.is_out(NUMBER) and not await services.opt_outs.is_out(OTHER)


async def test_a_stop_of_a_number_that_the_backup_does_not_know_is_kept(services: Services) -> None:
    obey_again(services.db, [Entry(_WHEN, "stop", services.keys.lookup(OTHER))])
    assert await services.opt_outs.is_out(OTHER)
