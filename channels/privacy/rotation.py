"""New encryption keys while the service runs: a key is added, everything is put under it in small steps, the old ones retire."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import Column, Table, Text, select, type_coerce, update
from sqlalchemy.orm import Session

from channels.privacy.crypto import Keyring, new_data_key
from channels.privacy.key_check import keys_fit
from channels.store.database import Database
from channels.store.models import Base, PersonKey
from channels.store.types import EncryptedJSON, EncryptedText

_CHUNK = 200
_SEALED = "p1:"


class Rotation:
    """Rotates the data keys of one installation."""

    def __init__(self, db: Database) -> None:
        self._db, self._keys = db, db.keys

    def add_key(self) -> bool:
        """Puts a new key first in the file of keys; running processes follow within a second. False: the keys are in settings."""
        source = self._keys.source
        if source is None:
            return False
        _replace(source, f"{new_data_key()} {source.read_text().strip()}")
        self._keys.follow(now=True)
        return True

    async def reencrypt(self) -> int:
        """Puts every value that another key made under the newest one; returns how many. May be interrupted and run again."""
        changed = 0
        for table, column in _encrypted_columns():
            after: object = ""
            while True:
                last, count = await self._db.write(
                    lambda session, table=table, column=column, after=after:  # type: ignore[misc]
                    _step(session, self._keys, table, column, after))
                changed += count
                if last is None:
                    break
                after = last
        await self._db.write(lambda session: keys_fit(session, self._keys))
        return changed

    def retire(self) -> int:
        """Forgets every key but the newest; returns how many. Only after `reencrypt` found nothing left to do."""
        source = self._keys.source
        if source is None:
            return 0
        newest, *old = source.read_text().replace(",", " ").split()
        _replace(source, newest)
        return len(old)


def _encrypted_columns() -> Iterator[tuple[Table, Column[str]]]:
    """What the installation's keys encrypt: the wrapped keys of people, and the columns that no person owns."""
    for table in Base.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, EncryptedText | EncryptedJSON) or column is PersonKey.__table__.c.wrapped:
                yield table, column


def _step(session: Session, keys: Keyring, table: Table, column: Column[str], after: object) -> tuple[object | None, int]:
    """One chunk after a primary key; the last key seen (None at the end) and how many values changed."""
    key, stored = next(iter(table.primary_key.columns)), type_coerce(column, Text)
    chosen = select(key, stored).order_by(key).limit(_CHUNK)
    rows = session.execute(chosen.where(key > after) if after != "" else chosen).all()
    changed = 0
    for identity, token in rows:
        if token and not token.startswith(_SEALED) and (fresh := keys.rotate(token)) != token:
            # Only if nobody wrote it meanwhile: what they wrote is under the newest key already.
            session.execute(update(table).where(key == identity, stored == token).values({column: type_coerce(fresh, Text)}))
            changed += 1
    return (rows[-1][0] if rows else None), changed


def _replace(path: Path, text: str) -> None:
    draft = path.with_name(f".{path.name}.{secrets.token_hex(6)}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    draft.replace(path)
