"""Migrations of the conversations, callable from code: `upgrade(url)`. They touch no encrypted content: no key is needed."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, create_engine, text

from channels.errors import Conflict
from channels.store.database import psycopg_url

VERSION_TABLE = "alembic_version_channels"
# Any fixed number: it only has to be the same for everybody who migrates this base.
_ADVISORY_LOCK = 7_219_141


def upgrade(database_url: str) -> None:
    """Brings the schema up to date; does nothing when it is. Safe when several processes start at once."""
    engine = create_engine(psycopg_url(database_url))
    try:
        with engine.connect() as connection:
            if at_head(connection):
                return
        with engine.begin() as connection:
            _one_at_a_time(connection)
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent))
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def make_or_need_current(database_url: str) -> None:
    """Makes a new database; one of another version is left as it is: other processes may be using it.

    Raises:
        Conflict: its schema is not this program's.
    """
    engine = create_engine(psycopg_url(database_url))
    try:
        with engine.connect() as connection:
            found = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).get_current_revision()
    finally:
        engine.dispose()
    if found is None:
        upgrade(database_url)
    elif found != _newest():
        raise Conflict("La base des conversations n'a pas le schéma de ce programme : lancez « parcours db upgrade ».")


def at_head(connection: Connection) -> bool:
    """True when the schema is the newest."""
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision() == _newest()


@cache
def _newest() -> str | None:
    # Alembic reads and compiles every step to know the last one: once a process is enough.
    return ScriptDirectory(str(Path(__file__).parent)).get_current_head()


def _one_at_a_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    else:
        # sqlite3 starts its transaction at the first change only: take the write lock before looking.
        connection.exec_driver_sql("BEGIN IMMEDIATE")
