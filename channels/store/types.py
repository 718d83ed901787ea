"""Column types: aware instants, and texts that are encrypted on their way into the database."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from channels.crypto import Keyring


class MissingKeys(RuntimeError):
    """The engine was opened without a keyring: nothing personal may be read or written."""


def bind_keys(dialect: Dialect, keys: Keyring) -> None:
    """Gives one database engine its keys; two engines of one process may have different ones."""
    dialect.parcours_keys = keys  # type: ignore[attr-defined]


def keys_of(dialect: Dialect) -> Keyring:
    """The keys given by `bind_keys`.

    Raises:
        MissingKeys: none were given.
    """
    keys = getattr(dialect, "parcours_keys", None)
    if not isinstance(keys, Keyring):
        raise MissingKeys("open the database with channels.store.database.Database")
    return keys


class UtcDateTime(TypeDecorator[datetime]):
    """An aware instant, stored in UTC; SQLite forgets time zones, so it is put back when read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime: every instant of the store is aware")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class EncryptedText(TypeDecorator[str]):
    """Text that only this installation can read; stored as a Fernet token."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys_of(dialect).encrypt(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else keys_of(dialect).decrypt(value)


class EncryptedJSON(TypeDecorator[Any]):
    """Any JSON value, stored as a Fernet token. Assign a new value to change it: changes inside are not followed."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        if value is None:
            return None
        return keys_of(dialect).encrypt(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        return None if value is None else json.loads(keys_of(dialect).decrypt(value))
