"""What a person left is sealed with their own key: nothing of it can be read anywhere once the key is gone."""

from __future__ import annotations

from pathlib import Path

import pytest
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import text

from channels.people.principal import Principal
from channels.privacy.crypto import Keyring
from channels.privacy.rotation import Rotation
from channels.services import Services
from channels.settings import Settings
from channels.store.models import Message, PersonKey
from channels.store.person_keys import PersonKeys
from tests.integration.channels.talk import sms, web

SAID = "je m'appelle Zélie et je suis perdue"


async def stored(services: Services, statement: str) -> list[str]:
    """Raw values, as a thief of the database would see them."""
    return await services.db.read(lambda session: [str(row[0]) for row in session.execute(text(statement)) if row[0]])


async def test_a_conversation_is_sealed_with_its_own_key(services: Services) -> None:
    answer = await sms(services, SAID)
    assert all(token.startswith(f"p1:{answer.conversation_id}:") for token in await stored(services, "SELECT text FROM message"))
    assert (await stored(services, "SELECT phone FROM contact"))[0].startswith("p1:")


async def test_notes_history_and_callbacks_are_sealed_too(services: Services, advisor: Principal) -> None:
    session = await services.chat.open_session()
    case = await services.cases.take_over(advisor, session.session_id)
    await services.cases.note(advisor, case.id, "a peur de son maître d'apprentissage")
    assert (await stored(services, "SELECT text FROM note"))[0].startswith(f"p1:{session.session_id}:")


async def test_a_copy_kept_elsewhere_is_unreadable_after_the_erasure(services: Services, keys: Keyring) -> None:
    await sms(services, SAID)
    copied = (await stored(services, "SELECT text FROM message"))[0]
    wrapped = (await stored(services, "SELECT wrapped FROM person_key"))
    await services.persons.erase("+33612345678")
    assert await stored(services, "SELECT wrapped FROM person_key") == []
    assert len(wrapped) == 2
    owner, token = copied.removeprefix("p1:").split(":")
    assert PersonKeys(services.db.engine, keys).reading(owner) is None
    with pytest.raises(InvalidToken):
        keys.decrypt(token)


async def test_another_process_reads_what_this_one_sealed(services: Services, settings: Settings, keys: Keyring) -> None:
    session = await services.chat.open_session()
    await web(services, session, SAID)
    other = Services.open(settings, services.engine, keys)
    assert SAID in [item.text for item in (await other.chat.events(session.session_id)).messages]
    other.db.close()


async def test_what_an_older_version_wrote_is_still_read(services: Services, keys: Keyring) -> None:
    session = await services.chat.open_session()
    await services.db.write(lambda row: row.execute(text("UPDATE message SET text = :old"), {"old": keys.encrypt("d'avant")}))
    assert [item.text for item in (await services.chat.events(session.session_id)).messages] == ["d'avant"]


async def test_a_transaction_that_fails_leaves_no_key_behind(services: Services) -> None:
    session = await services.chat.open_session()

    def failing(row: object) -> None:
        row.add(Message(conversation_id=session.session_id, seq=1, channel="web", author="citizen", text="x", state="received",  # type: ignore[attr-defined]
                        epoch=0))
        row.flush()  # type: ignore[attr-defined]

    with pytest.raises(Exception, match=r"(?i)unique"):
        await services.db.write(failing)
    await web(services, session, SAID)
    assert SAID in [item.text for item in (await services.chat.events(session.session_id)).messages]


async def test_keys_rotate_while_the_service_runs(tmp_path: Path, settings: Settings) -> None:
    ring = Keyring.from_settings(settings)
    running = Services.open(settings, keys=ring)
    session = await running.chat.open_session()
    rotation = Rotation(Services.open(settings, keys=Keyring.from_settings(settings)).db)
    assert rotation.add_key()
    assert await rotation.reencrypt() > 0
    # The running process has not looked at the file yet, and reads what the other one wrote all the same.
    assert (await running.chat.events(session.session_id)).messages
    assert await rotation.reencrypt() == 0
    assert rotation.retire() == 1
    newest = Fernet((settings.state_dir / "keys" / "data.key").read_text().strip())
    wrapped = await running.db.read(lambda row: row.query(PersonKey).first())
    assert wrapped is not None and newest.decrypt(wrapped.wrapped.encode())
    await running.stop()
