"""Small facts kept with the content: its version above all."""

from __future__ import annotations

import uuid
from typing import cast

from sqlalchemy import Connection, Table, select

from knowledge_base.models import MetaRow
from knowledge_base.upsert import upsert

VERSION = "version"


def get_meta(connection: Connection, key: str) -> str | None:
    """The value stored under a key, None when there is none."""
    return connection.execute(select(MetaRow.value).where(MetaRow.key == key)).scalar()


def set_meta(connection: Connection, key: str, value: str) -> None:
    """Stores a value in the caller's transaction."""
    upsert(connection, cast(Table, MetaRow.__table__), [{"key": key, "value": value}])


def bump_version(connection: Connection) -> str:
    """Says that the content changed. Random, not counted: a restored backup must not look like a newer state."""
    version = uuid.uuid4().hex
    set_meta(connection, VERSION, version)
    return version
