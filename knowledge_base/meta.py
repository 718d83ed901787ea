"""Small facts kept with the content: which edition of it this is, above all."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from typing import cast

from sqlalchemy import Connection, Table, func, select

from knowledge_base.models import ChangeRow, MetaRow
from knowledge_base.upsert import upsert

VERSION, BASIS = "version", "basis"


@dataclass(frozen=True)
class Edition:
    """`version` is new at every change; `basis` at every load and import, not when one sheet is corrected in the console.

    `changes` is the number of the newest correction: between two editions of one basis, only what was corrected differs.
    """

    version: str
    basis: str
    changes: int


def read_edition(connection: Connection) -> Edition:
    """The edition that the database holds now."""
    newest = connection.execute(select(func.max(ChangeRow.number))).scalar()
    return Edition(get_meta(connection, VERSION) or "empty", get_meta(connection, BASIS) or "", newest or 0)


def get_meta(connection: Connection, key: str) -> str | None:
    """The value stored under a key, None when there is none."""
    return connection.execute(select(MetaRow.value).where(MetaRow.key == key)).scalar()


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Stores a value in the caller's transaction."""
    upsert(connection, cast(Table, MetaRow.__table__), [{"key": key, "value": value}])


def bump_version(connection: Connection) -> str:
    """Says that the content changed. Random, not counted: a restored backup must not look like a newer state."""
    set_meta(connection, BASIS, uuid.uuid4().hex)
    return bump_corrected(connection)


def bump_corrected(connection: Connection) -> str:
    """Says that one sheet was corrected, as the history of changes tells."""
    version = uuid.uuid4().hex
    set_meta(connection, VERSION, version)
    return version
