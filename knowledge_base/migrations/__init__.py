"""Migrations of the knowledge base, callable from code: `upgrade(url)`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from knowledge_base.database import normal_url, open_engine

VERSION_TABLE = "alembic_version_knowledge"
# Any fixed number: it only has to be the same for everybody who migrates this base.
_ADVISORY_LOCK = 7_219_140


def upgrade(database_url: str) -> None:
    """Brings the schema up to date; does nothing when it is. Safe when several processes start at once."""
    engine = open_engine(database_url)
    try:
        with engine.connect() as connection:
            if _at_head(connection):
                return
        with engine.begin() as connection:
            _one_at_a_time(connection)
            config = _config(database_url)
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    finally:
        engine.dispose()


def _one_at_a_time(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _ADVISORY_LOCK})
    else:
        # sqlite3 starts its transaction at the first change only: take the write lock before looking.
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _config(database_url: str) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    config.set_main_option("sqlalchemy.url", normal_url(database_url).render_as_string(False).replace("%", "%%"))
    return config


def _at_head(connection: Connection) -> bool:
    context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
    return context.get_current_revision() == _newest()


@cache
def _newest() -> str | None:
    # Alembic reads and compiles every step to know the last one: once a process is enough.
    return ScriptDirectory(str(Path(__file__).parent)).get_current_head()
