"""Who changes the schema: `parcours run` and `parcours db`, after a backup. A command beside a running service never does."""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, text

from channels import migrations
from channels.errors import Conflict
from channels.services import Services
from channels.settings import Settings
from channels.store.database import psycopg_url
from parcours import schemas
from parcours.commands import running
from parcours.errors import CommandFailed
from parcours.schemas import Standing

LAST_VERSION = [step.revision for step in ScriptDirectory(str(Path(migrations.__file__).parent)).walk_revisions()][1]


@pytest.fixture
def settings(tmp_path: Path, database_url: str) -> Settings:
    """A new state directory and an empty database of either kind."""
    shared = database_url.startswith("postgres")
    return Settings(state_dir=tmp_path / "state", database_url=database_url if shared else None, environment="test")


def older(settings: Settings) -> None:
    """The databases as the version before left them, with a conversation in it."""
    schemas.need_current(settings)
    engine = create_engine(psycopg_url(settings.conversations_url))
    with engine.begin() as connection:
        config = Config()
        config.set_main_option("script_location", str(Path(migrations.__file__).parent))
        config.attributes["connection"] = connection
        command.downgrade(config, LAST_VERSION)
        connection.execute(text("INSERT INTO service_setting (name, value, changed_at) VALUES ('kept', '1', CURRENT_TIMESTAMP)"))
    engine.dispose()


def standing(settings: Settings) -> Standing:
    return schemas.schemas(settings)[1].standing()


def kept(settings: Settings) -> bool:
    engine = create_engine(psycopg_url(settings.conversations_url))
    with engine.connect() as connection:
        found = connection.execute(text("SELECT count(*) FROM service_setting WHERE name = 'kept'")).scalar()
    engine.dispose()
    return found == 1


def test_new_databases_are_made_by_any_command(settings: Settings) -> None:
    schemas.need_current(settings)
    assert standing(settings) == Standing.CURRENT


def test_a_command_beside_the_service_leaves_an_older_schema_alone_and_says_what_to_do(settings: Settings) -> None:
    older(settings)
    with pytest.raises(CommandFailed, match="parcours db upgrade"):
        schemas.need_current(settings)
    with pytest.raises(Conflict, match="parcours db upgrade"):
        Services.open(settings)
    assert standing(settings) == Standing.BEHIND


def test_an_upgrade_saves_what_there_was_first(settings: Settings) -> None:
    older(settings)
    saved = schemas.upgrade(settings)
    assert saved is not None
    with tarfile.open(saved) as archive:
        assert any(name.endswith(".sqlite3") or name == "postgresql.dump" for name in archive.getnames())
    assert (standing(settings), kept(settings)) == (Standing.CURRENT, True)
    assert schemas.upgrade(settings) is None, "nothing changed: nothing to save"


def test_there_is_a_way_back_to_the_version_before(settings: Settings) -> None:
    older(settings)
    schemas.upgrade(settings)
    saved, version = schemas.downgrade(settings)
    assert saved.exists() and version == LAST_VERSION
    assert (standing(settings), kept(settings)) == (Standing.BEHIND, True)


def test_a_database_of_a_later_version_is_refused(settings: Settings) -> None:
    schemas.need_current(settings)
    engine = create_engine(psycopg_url(settings.conversations_url))
    with engine.begin() as connection:
        connection.execute(text(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999_later'"))
    engine.dispose()
    for work in (schemas.need_current, schemas.upgrade):
        with pytest.raises(CommandFailed, match="plus récente"):
            work(settings)


def test_run_upgrades_the_local_file_and_leaves_a_shared_database_to_somebody(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    older(settings)
    if settings.conversations_url.startswith("postgres"):
        with pytest.raises(CommandFailed, match="parcours db upgrade"):
            running._upgrade(settings)
        assert standing(settings) == Standing.BEHIND
    else:
        running._upgrade(settings)
        assert "sauvegarde d'avant" in capsys.readouterr().out and standing(settings) == Standing.CURRENT
