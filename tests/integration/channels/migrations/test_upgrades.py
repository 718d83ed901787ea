"""From every earlier version of the database to the newest one, with what people had written in it."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, inspect, text

from channels import migrations
from channels.migrations import VERSION_TABLE, upgrade
from channels.privacy.crypto import Keyring
from channels.store.database import Database, psycopg_url
from channels.store.models import Account, Base, Message

KEYS = Keyring.ephemeral()
_FOLDER = str(Path(migrations.__file__).parent)
VERSIONS = [item.revision for item in reversed(list(ScriptDirectory(_FOLDER).walk_revisions()))]
_WHEN = "2026-01-05 09:00:00+00:00"


def to_version(connection: Connection, revision: str) -> None:
    """The schema as it was then."""
    config = Config()
    config.set_main_option("script_location", _FOLDER)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def insert(connection: Connection, table: str, values: dict[str, object]) -> None:
    """A row of that time: the columns that the version has and we do not name get a plain value."""
    row = dict(values)
    for column in inspect(connection).get_columns(table):
        if column["name"] not in row and not column["nullable"] and column.get("default") is None:
            row[column["name"]] = _plain(str(column["type"]))
    names = ", ".join(row)
    connection.execute(text(f"INSERT INTO {table} ({names}) VALUES ({', '.join(f':{name}' for name in row)})"), row)


def _plain(kind: str) -> object:
    if "BOOL" in kind:
        return False
    if "INT" in kind:
        return 0
    return _WHEN if "TIME" in kind else "web"


@pytest.mark.parametrize("revision", VERSIONS)
def test_what_was_written_then_is_read_now(database_url: str, revision: str) -> None:
    engine = create_engine(psycopg_url(database_url))
    with engine.begin() as connection:
        to_version(connection, revision)
        insert(connection, "account", {"id": "a" * 32, "email": KEYS.encrypt("anne@exemple.fr"), "email_hash": "h",
                                       "name": KEYS.encrypt("Anne"), "role": "conseiller", "active": True})
        if "message" in inspect(connection).get_table_names():
            insert(connection, "conversation", {"id": "c" * 32, "mode": "bot"})
            insert(connection, "message", {"id": "m" * 32, "conversation_id": "c" * 32, "seq": 1, "author": "citizen",
                                           "text": KEYS.encrypt("bonjour"), "state": "answered"})
    upgrade(database_url)

    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []
    engine.dispose()
    db = Database(database_url, KEYS)
    assert db.read_now(lambda session: [row.name for row in session.query(Account)]) == ["Anne"]
    expected = ["bonjour"] if VERSIONS.index(revision) > 0 else []
    assert db.read_now(lambda session: [row.text for row in session.query(Message)]) == expected
    db.close()
