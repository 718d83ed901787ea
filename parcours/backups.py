"""Backup while running and restore on another machine: the two databases, the keys and the ledger of erasures, in one archive.

SQLite files are copied with SQLite's own online backup, so that a message written meanwhile is whole or absent.
PostgreSQL is dumped with its own pg_dump and restored with pg_restore.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from collections.abc import Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import URL, make_url

from channels.errors import HelplineError
from channels.operation.troubles import BACKUP_FILE
from channels.privacy.crypto import Keyring
from channels.privacy.key_check import keys_fit
from channels.privacy.restored import Obeyed, obey_again
from channels.settings import Settings
from channels.store.database import Database
from channels.store.ledger import Ledger
from clock import now
from parcours import databases
from parcours.errors import CommandFailed

DUMP = "postgresql.dump"
KEYS = "keys"  # where channels/privacy/crypto.py keeps its keys, inside the state directory
_PLAIN_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")
ERASURES = "erasures"  # the ledger as it was, inside the archive


@dataclass(frozen=True, slots=True)
class Restored:
    """What was done again after a restore. `blind`: there was no ledger but the archive's own to say what."""

    obeyed: Obeyed
    blind: bool


def _databases(settings: Settings) -> list[URL]:
    # Both may be one database: each is saved once.
    urls = {make_url(url).render_as_string(hide_password=False) for url in (settings.knowledge_url, settings.conversations_url)}
    return [make_url(url) for url in sorted(urls)]


def keys_kept_apart(settings: Settings) -> bool:
    """True when the data keys come from the settings: then neither key is in a backup, which alone opens and finds nobody."""
    return settings.data_keys is not None


def _secrets(settings: Settings) -> list[Path]:
    return [] if keys_kept_apart(settings) else sorted((settings.state_dir / KEYS).glob("*.key"))


def backup(settings: Settings, target: Path) -> None:
    """Writes one archive (mode 0600), complete or not at all.

    Raises:
        CommandFailed: the target exists, or a database could not be read.
    """
    if target.exists():
        raise CommandFailed(f"Le fichier {target.name} existe déjà : choisissez un autre nom.")
    with tempfile.TemporaryDirectory(prefix="parcours-backup-") as scratch:
        for url in _databases(settings):
            _save(url, Path(scratch))
        (Path(scratch) / KEYS).mkdir(mode=0o700)
        for path in _secrets(settings):
            shutil.copy2(path, Path(scratch) / KEYS / path.name)
        Ledger(Path(scratch) / ERASURES).add(Ledger(settings.erasures).entries())
        _pack(Path(scratch), target)
    _note_it(settings)


def _note_it(settings: Settings) -> None:
    """When it was written, for who watches the service; a backup is worth no less when that cannot be noted."""
    with suppress(OSError):
        (settings.state_dir / BACKUP_FILE).write_text(json.dumps({"at": now().isoformat()}), "ascii")


def _pack(folder: Path, target: Path) -> None:
    unfinished = target.with_name(f".{target.name}.part")
    try:
        descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz") as archive:
            for path in sorted(folder.iterdir()):
                archive.add(path, arcname=path.name)
        unfinished.rename(target)
    finally:
        unfinished.unlink(missing_ok=True)  # a full disk must not be left fuller


def _save(url: URL, folder: Path) -> None:
    if url.get_backend_name() == "sqlite":
        source = Path(url.database or "")
        if not source.exists():
            raise CommandFailed(f"La base {source.name} n'existe pas encore : lancez d'abord « parcours run ».")
        with closing(sqlite3.connect(source)) as original, closing(sqlite3.connect(folder / source.name)) as copy:
            original.backup(copy)
        return
    _postgres(["pg_dump", "--format=custom", "--no-owner", f"--file={folder / DUMP}"], url)


def _postgres(command: list[str], url: URL) -> None:
    environment = {**os.environ, "PGPASSWORD": url.password or ""}
    address = url.set(drivername="postgresql", password=None).render_as_string()
    try:
        subprocess.run([*command, f"--dbname={address}"], check=True, env=environment, capture_output=True)
    except FileNotFoundError as error:
        raise CommandFailed(f"Le programme {command[0]} manque : installez le client PostgreSQL.") from error
    except subprocess.CalledProcessError as error:
        said = error.stderr.decode("utf-8", "replace").strip().splitlines()
        why = f" : {said[0][:200]}" if said else ""
        raise CommandFailed(f"{command[0]} a échoué (code {error.returncode}){why}.") from error


def restore(settings: Settings, archive: Path, ledgers: Sequence[Path] = ()) -> Restored:
    """Puts an archive back into an EMPTY state directory (and an empty PostgreSQL database), then does again what people asked
    for since: `ledgers` are folders of erasures kept elsewhere, beside the one of the settings.

    Raises:
        CommandFailed: something is already there, or the archive is not ours.
    """
    settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    present = [path.name for path in settings.state_dir.iterdir() if path.is_file() or path.name == KEYS]
    if present:
        raise CommandFailed(f"Le dossier d'état n'est pas vide ({', '.join(sorted(present)[:3])}…) : rien n'a été touché.")
    blind, ledger = not ledgers and not settings.erasures.is_dir(), Ledger(settings.erasures)
    for folder in ledgers:
        ledger.add(Ledger(folder).entries())
    with tempfile.TemporaryDirectory(prefix="parcours-restore-") as scratch:
        unpack(archive, Path(scratch))
        ledger.add(Ledger(Path(scratch) / ERASURES).entries())
        _put_back(settings, Path(scratch))
    return Restored(_obey(settings, ledger), blind)


def _put_back(settings: Settings, folder: Path) -> None:
    for path in sorted(folder.iterdir()):
        if path.name == DUMP:
            _postgres(["pg_restore", "--no-owner", "--exit-on-error", str(path)], make_url(settings.conversations_url))
        elif path.name != ERASURES:
            shutil.move(str(path), settings.state_dir / path.name)


def _obey(settings: Settings, ledger: Ledger) -> Obeyed:
    databases.upgrade(settings)  # the archive may be of an earlier version
    keys = Keyring.from_settings(settings)
    db = Database(settings.conversations_url, keys)
    try:
        db.write_now(lambda session: keys_fit(session, keys))
        return obey_again(db, ledger.entries())
    except HelplineError as error:
        raise CommandFailed(error.message) from error
    finally:
        db.close()


def _extract(opened: tarfile.TarFile, member: tarfile.TarInfo, folder: Path) -> None:
    # tarfile's own filter came with Python 3.11.4, Debian 12 has 3.11.2. Ours are plain files, at most one folder deep: nothing
    # else is taken.
    parts = member.name.split("/")
    if len(parts) > 2 or any(not _PLAIN_NAME.fullmatch(part) for part in parts) or not (member.isfile() or member.isdir()):
        raise tarfile.ExtractError(member.name)
    target = folder / member.name
    if member.isdir():
        target.mkdir(mode=0o700, exist_ok=True)
        return
    content = opened.extractfile(member)
    with os.fdopen(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(content or io.BytesIO(), file)


def unpack(archive: Path, folder: Path) -> None:
    """Takes our own files out of an archive.

    Raises:
        CommandFailed: it is none of ours, or cannot be read.
    """
    try:
        with tarfile.open(archive, mode="r:gz") as opened:
            for member in opened:
                _extract(opened, member, folder)
    except (tarfile.TarError, EOFError, OSError) as error:
        raise CommandFailed(f"{archive.name} n'est pas une sauvegarde lisible.") from error
    if not any(path.suffix == ".sqlite3" or path.name == DUMP for path in folder.iterdir()):
        raise CommandFailed(f"{archive.name} ne contient aucune base de Parcours-Métiers.")
