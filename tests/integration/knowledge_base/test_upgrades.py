"""From every earlier version of the knowledge base to the newest one, with a sheet in it, on both databases."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, MetaData, Table, insert, select

from knowledge_base import migrations
from knowledge_base.database import open_engine
from knowledge_base.migrations import VERSION_TABLE, upgrade
from knowledge_base.models import Base, MetaRow

_FOLDER = str(Path(migrations.__file__).parent)
VERSIONS = [item.revision for item in reversed(list(ScriptDirectory(_FOLDER).walk_revisions()))]


def to_version(connection: Connection, revision: str) -> None:
    """The schema as it was then."""
    config = Config()
    config.set_main_option("script_location", _FOLDER)
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


@pytest.mark.parametrize("revision", VERSIONS)
def test_what_was_kept_then_is_read_now(database_url: str, revision: str) -> None:
    engine = open_engine(database_url)
    with engine.begin() as connection:
        to_version(connection, revision)
        then = Table(MetaRow.__tablename__, MetaData(), autoload_with=connection)
        connection.execute(insert(then).values(key="essai", value="d'avant"))
    upgrade(database_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE})
        assert compare_metadata(context, Base.metadata) == []
        assert connection.scalar(select(MetaRow.value).where(MetaRow.key == "essai")) == "d'avant"
    engine.dispose()
