"""The migrations build exactly the tables that the code declares, on both databases, however often they run."""

from __future__ import annotations

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import create_engine

from channels.migrations import VERSION_TABLE, upgrade
from channels.store.database import psycopg_url
from channels.store.models import Base


def test_the_migrated_schema_is_the_declared_one(database_url: str) -> None:
    upgrade(database_url)
    upgrade(database_url)
    engine = create_engine(psycopg_url(database_url))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []
