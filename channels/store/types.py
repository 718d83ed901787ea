"""Column types: aware instants, and texts that are encrypted on their way into the database."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import DateTime, Text
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator

from channels.privacy.crypto import Keyring


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


# A token that a person's own key made: « p1:owner:token ».
_SEALED = "p1:"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A value on its way into the database, with the person's key that must encrypt it."""

    value: Any = field(repr=False)
    owner: str
    key: Fernet = field(repr=False)


def bind_person_keys(dialect: Dialect, reading: Callable[[str], Fernet | None]) -> None:
    """Gives one database engine the way to a person's key, by owner."""
    dialect.parcours_person_keys = reading  # type: ignore[attr-defined]


def _encrypt(value: Any, dialect: Dialect, write: Callable[[Any], str]) -> str:
    if isinstance(value, Sealed):
        return f"{_SEALED}{value.owner}:{value.key.encrypt(write(value.value).encode()).decode('ascii')}"
    return keys_of(dialect).encrypt(write(value))


def _decrypt(token: str, dialect: Dialect) -> str | None:
    """The text of a token; None when the person's key was deleted: what it sealed is erased."""
    if not token.startswith(_SEALED):
        return keys_of(dialect).decrypt(token)
    owner, _, sealed = token.removeprefix(_SEALED).partition(":")
    key: Fernet | None = dialect.parcours_person_keys(owner)  # type: ignore[attr-defined]
    return None if key is None else key.decrypt(sealed.encode("ascii")).decode()


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
    """Text that only this installation can read; "" once the key of its person was deleted."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _encrypt(value, dialect, str)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else _decrypt(value, dialect) or ""


class EncryptedJSON(TypeDecorator[Any]):
    """Any JSON value, stored encrypted. Assign a new value to change it: changes inside are not followed.

    None once the key of its person was deleted.
    """

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else _encrypt(value, dialect, _as_json)

    def process_result_value(self, value: str | None, dialect: Dialect) -> Any:
        text = None if value is None else _decrypt(value, dialect)
        return None if text is None else json.loads(text)


def _as_json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
