"""Which schema each database has, and who changes it: `parcours run` and `parcours db`, after a backup. No other command does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, make_url

from channels import migrations as conversations
from channels.settings import Settings
from channels.store.database import psycopg_url
from clock import now
from knowledge_base import migrations as knowledge
from parcours import backups, databases
from parcours.errors import CommandFailed

BACKUPS = "backups"  # inside the state directory


class Standing(Enum):
    """Where a database stands beside this program."""

    NEW = "new"  # no table yet
    CURRENT = "current"
    BEHIND = "behind"  # of an earlier version: to be upgraded
    AHEAD = "ahead"  # of a later version: this program is too old for it


@dataclass(frozen=True, slots=True)
class Schema:
    """One of the two sets of tables, with its steps."""

    name: str
    url: str
    folder: Path
    version_table: str

    def standing(self) -> Standing:
        """Reads the version of the database; changes nothing."""
        file = make_url(self.url)
        if file.get_backend_name() == "sqlite" and not Path(file.database or "").exists():
            return Standing.NEW  # to connect would make the file
        engine = create_engine(psycopg_url(self.url))
        try:
            with engine.connect() as connection:
                found = MigrationContext.configure(connection, opts={"version_table": self.version_table}).get_current_revision()
        finally:
            engine.dispose()
        known = [step.revision for step in ScriptDirectory(str(self.folder)).walk_revisions()]  # newest first
        if found is None:
            return Standing.NEW
        return Standing.AHEAD if found not in known else Standing.CURRENT if found == known[0] else Standing.BEHIND

    def step_down(self) -> str:
        """Undoes the newest step; gives the version that the database has then."""
        engine = create_engine(psycopg_url(self.url))
        try:
            with engine.begin() as connection:
                config = Config()
                config.set_main_option("script_location", str(self.folder))
                config.attributes["connection"] = connection
                command.downgrade(config, "-1")
                found = MigrationContext.configure(connection, opts={"version_table": self.version_table}).get_current_revision()
        finally:
            engine.dispose()
        return found or ""


def schemas(settings: Settings) -> list[Schema]:
    """Contents and conversations, in the order in which they are upgraded."""
    return [Schema("contenus", settings.knowledge_url, Path(knowledge.__file__).parent, knowledge.VERSION_TABLE),
            Schema("conversations", settings.conversations_url, Path(conversations.__file__).parent,
                   conversations.VERSION_TABLE)]


def upgrade(settings: Settings) -> Path | None:
    """Brings both to the newest schema; what holds something is saved first. Gives the backup, if one was needed.

    Raises:
        CommandFailed: a database is of a later version, or could not be saved.
    """
    standings = _standings(settings)
    saved = _save(settings) if Standing.BEHIND in standings else None
    databases.upgrade(settings)
    return saved


def need_current(settings: Settings) -> None:
    """For commands that may run beside the service: makes new databases, and changes no old one.

    Raises:
        CommandFailed: a database is of an earlier or later version.
    """
    standings = _standings(settings)
    if Standing.BEHIND in standings:
        raise CommandFailed("Les bases sont d'une version plus ancienne que ce programme. Arrêtez le service, puis lancez "
                            "« parcours db upgrade » (ou « parcours run »), qui sauvegarde d'abord.")
    if Standing.NEW in standings:
        databases.upgrade(settings)


def need_upgraded_by_hand(settings: Settings) -> bool:
    """True when PostgreSQL holds an earlier schema: other gateways may be using it, so that somebody must say when."""
    shared = settings.conversations_url.startswith("postgres")
    return shared and Standing.BEHIND in _standings(settings)


def downgrade(settings: Settings) -> tuple[Path, str]:
    """Undoes the newest step of the conversations, for going back to the version before; gives the backup and the version.

    Raises:
        CommandFailed: nothing to undo, or it could not be saved first.
    """
    schema = schemas(settings)[1]
    if schema.standing() in {Standing.NEW, Standing.AHEAD}:
        raise CommandFailed("Rien à défaire : la base des conversations est vide, ou plus récente que ce programme.")
    return _save(settings), schema.step_down()


def _standings(settings: Settings) -> list[Standing]:
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    found = [schema.standing() for schema in schemas(settings)]
    if Standing.AHEAD in found:
        raise CommandFailed("Les bases sont d'une version plus récente que ce programme : remettez la version qui les a écrites, "
                            "ou défaites-la avec elle (« parcours db downgrade »).")
    return found


def _save(settings: Settings) -> Path:
    folder = settings.state_dir / BACKUPS
    folder.mkdir(exist_ok=True, mode=0o700)
    target = folder / f"avant-mise-a-jour-{_stamp(now())}.tar.gz"
    backups.backup(settings, target)
    return target


def _stamp(instant: datetime) -> str:
    return f"{instant:%Y%m%d-%H%M%S-%f}"
