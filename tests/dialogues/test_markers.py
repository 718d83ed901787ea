"""Markers are planted in every field of every channel of the whole helpline, then looked for in everything that it writes.

While it runs, nothing of them lies in clear in a database, log, metric, error, file name, address, index or file of the engine.
After `parcours person erase` nothing of them can be read any more even with the keys, nor in a backup made later.
"""

from __future__ import annotations

import base64
import hashlib
import tarfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote, quote_plus

import httpx
from sqlalchemy import create_engine, inspect, text

from channels.privacy.crypto import Keyring
from channels.settings import Settings
from channels.store.database import Database
from channels.store.models import Base
from tests.dialogues.planting import MARK, NUMBER, SPOKEN, STAFF, Planting
from tests.fixtures.twilio_emulator import Emulator
from tests.stack import Stack

NUMBERS = (NUMBER, SPOKEN, SPOKEN.replace(" ", ""), NUMBER.removeprefix("+"))
# Filled here by no citizen: our own accounts and who was told of an alert; sentences that an editor files are masked first.
UNPLANTED = {"account", "alert", "audit", "canned_reply", "console_session", "filed_sentence"}


def forms(*words: str) -> list[bytes]:
    """The markers as they could appear: as they are, in an address, in base 64, in JSON, in UTF-16."""
    found = [form.encode() for word in words for form in (word, word.upper(), quote(word), quote_plus(word))]
    found += [*(base64.b64encode(word.encode()) for word in words), *(word.encode("utf-16-le") for word in words)]
    return list(dict.fromkeys(found))


def written(folder: Path) -> Iterator[tuple[str, bytes]]:
    """Everything under a folder: names and contents."""
    for path in folder.rglob("*"):
        yield f"the name of {path}", str(path.relative_to(folder)).encode()
        if path.is_file() and "keys" not in path.parts:
            yield str(path.relative_to(folder)), path.read_bytes()


def found_in(pieces: Iterator[tuple[str, bytes]], wanted: list[bytes], free: set[bytes]) -> list[str]:
    """Where a marker is. `free`: digests of contents that hold none of them, so that what has not changed is read once."""
    found = []
    for where, content in pieces:
        digest = hashlib.sha256(content).digest()
        held = [] if digest in free else [form for form in wanted if form in content]
        free |= set() if held else {digest}
        found += [f"{where}: {form!r}" for form in held]
    return found


def readable(state_dir: Path) -> Iterator[tuple[str, bytes]]:
    """Every value of the conversations' database, decrypted with the installation's keys."""
    settings = Settings(_env_file=None, state_dir=state_dir, database_url=None)  # type: ignore[call-arg]
    db = Database(settings.conversations_url, Keyring.from_settings(settings))
    for table in Base.metadata.sorted_tables:
        for row in db.read_now(lambda session, table=table: session.execute(table.select()).all()):  # type: ignore[misc]
            yield table.name, repr(tuple(row)).encode()
    db.close()


def unpacked(stack: Stack, folder: Path) -> Path:
    """A backup made now, unpacked."""
    archive = folder / "sauvegarde.tar.gz"
    assert stack.command("backup", str(archive)).returncode == 0
    with tarfile.open(archive) as opened:
        opened.extractall(folder / "sauvegarde")  # noqa: S202 - our own
    return folder / "sauvegarde"


def test_nothing_personal_is_written_in_clear_and_nothing_is_left_after_the_erasure(
    stack: Stack, twilio: Emulator, tmp_path: Path
) -> None:
    planting = Planting(stack, twilio)
    planting.colleague()
    planting.web()
    planting.refused()
    planting.searched()
    planting.phone()
    planting.signed_up()
    imported = planting.console()
    time.sleep(1)  # what a process still holds in its pipes reaches its log

    citizen, everybody = forms(MARK, "Quelquun", *NUMBERS), forms(MARK, STAFF, "Quelquun", *NUMBERS)
    planted = {where for where, content in readable(stack.state_dir) if MARK.encode() in content or NUMBER.encode() in content}
    personal = {table.name for table in Base.metadata.sorted_tables if any("Encrypted" in type(column.type).__name__
                                                                           for column in table.columns)}
    assert personal - planted - UNPLANTED == set(), "nothing was planted there"
    free: set[bytes] = set()
    assert found_in(written(stack.state_dir), everybody, free) == []
    metrics = httpx.get(f"{stack.url}/metrics").content
    said = iter([("metrics", metrics), *(("error", item.encode()) for item in planting.answers)])
    assert found_in(said, everybody, free) == []

    for who in (NUMBER, _conversation_of(stack, imported)):
        assert stack.command("person", "erase", who).returncode == 0
    assert found_in(readable(stack.state_dir), citizen, set()) == [], "something can still be read with the keys"
    assert found_in(written(stack.state_dir), everybody, free) == []
    later = unpacked(stack, tmp_path)
    assert found_in(readable(later), citizen, set()) == [], "a later backup holds something"
    assert found_in(written(later), everybody, free) == []


def _conversation_of(stack: Stack, case: str) -> str:
    engine = create_engine(f"sqlite:///{stack.state_dir / 'conversations.sqlite3'}")
    with engine.connect() as connection:
        assert "case_file" in inspect(connection).get_table_names()
        found = connection.execute(text("SELECT conversation_id FROM case_file WHERE id = :id"), {"id": case}).scalar_one()
    engine.dispose()
    return str(found)
