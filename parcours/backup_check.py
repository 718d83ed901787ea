"""Could this backup be restored? Unpacked into a scratch folder and looked at; nothing of the installation is touched."""

from __future__ import annotations

import sqlite3
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

from channels.errors import HelplineError
from channels.privacy.crypto import Keyring
from channels.privacy.key_check import keys_fit
from channels.settings import Settings
from channels.store.database import Database
from channels.store.ledger import Ledger
from parcours.backups import DUMP, ERASURES, KEYS, unpack
from parcours.errors import CommandFailed
from parcours.schemas import Schema, Standing, schemas

_STANDINGS = {Standing.CURRENT: "le schéma est celui de ce programme", Standing.BEHIND: "le schéma sera mis à jour",
              Standing.AHEAD: "le schéma est plus récent que ce programme", Standing.NEW: "la base est vide"}


def verify(settings: Settings, archive: Path) -> list[str]:
    """What the archive holds, a French line each, after everything in it was read.

    Raises:
        CommandFailed: it could not be restored; the sentence says why.
    """
    with tempfile.TemporaryDirectory(prefix="parcours-verify-") as scratch:
        folder = Path(scratch)
        unpack(archive, folder)
        return list(_lines(settings, folder))


def _lines(settings: Settings, folder: Path) -> Iterator[str]:
    for path in sorted(folder.glob("*.sqlite3")):
        _whole(path)
        yield f"{path.name} : entière, {path.stat().st_size // 1024} Ko"
    if (folder / DUMP).exists():
        yield f"{DUMP} : {_listed(folder / DUMP)} objets"
    here = settings.model_copy(update={"state_dir": folder, "database_url": None, "erasures_dir": None})
    kept_apart = not any((folder / KEYS).glob("*.key"))
    yield f"clés : {'gardées à part (celles des réglages ont été essayées)' if kept_apart else 'dans la sauvegarde'}"
    for schema in schemas(here):
        if Path(schema.url.removeprefix("sqlite:///")).exists():
            yield f"{schema.name} : {_standing(schema)}"
    if (folder / "conversations.sqlite3").exists():
        _try_keys(here, settings if kept_apart else here)
        yield "les clés ouvrent cette base"
    yield f"registre des effacements : {len(Ledger(folder / ERASURES).entries())} ligne(s)"


def _whole(path: Path) -> None:
    try:
        with closing(sqlite3.connect(path)) as connection:
            found = connection.execute("PRAGMA integrity_check").fetchone()
    except sqlite3.DatabaseError as error:
        raise CommandFailed(f"{path.name} est abîmée dans cette sauvegarde.") from error
    if found != ("ok",):
        raise CommandFailed(f"{path.name} est abîmée dans cette sauvegarde.")


def _listed(dump: Path) -> int:
    try:
        done = subprocess.run(["pg_restore", "--list", str(dump)], check=True, capture_output=True, text=True)
    except (FileNotFoundError, subprocess.CalledProcessError) as error:
        raise CommandFailed(f"{dump.name} ne peut pas être lu par pg_restore.") from error
    return sum(not line.startswith(";") for line in done.stdout.splitlines())


def _standing(schema: Schema) -> str:
    found = schema.standing()
    if found in {Standing.AHEAD, Standing.NEW}:
        raise CommandFailed(f"Sauvegarde inutilisable ici, {schema.name} : {_STANDINGS[found]}.")
    return _STANDINGS[found]


def _try_keys(scratch: Settings, owner: Settings) -> None:
    keys = Keyring.from_settings(owner)
    db = Database(scratch.conversations_url, keys)
    try:
        db.write_now(lambda session: keys_fit(session, keys))
    except HelplineError as error:
        raise CommandFailed(error.message) from error
    finally:
        db.close()
