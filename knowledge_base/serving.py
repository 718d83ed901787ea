"""What a process answers from right now, and how it moves to newer content without a pause."""

from __future__ import annotations

import shutil
import threading
from dataclasses import replace
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.database import open_engine
from knowledge_base.geo.gazetteer import Gazetteer, read_gazetteer
from knowledge_base.geo.shipped import load_shipped_places
from knowledge_base.loader import SHIPPED_CONTENT, load_shipped
from knowledge_base.meta import VERSION, Edition, bump_version, get_meta, read_edition
from knowledge_base.migrations import upgrade
from knowledge_base.one_process import one_process
from knowledge_base.places.shipped import load_tables
from knowledge_base.search.build import build_index
from knowledge_base.search.content import Content
from knowledge_base.search.needs.opening import open_finder
from knowledge_base.search.patch import patched
from knowledge_base.search.schema import FORMAT
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.search.training import ensure_model

INDEX_FOLDER = "index"
# The index in use by slower processes is kept a while: the current one and the one before.
KEPT_INDEXES = 2


def prepare(database_url: str, state_dir: Path, *, shipped: bool = True) -> None:
    """Migrations, shipped places and sheets: all that a fresh install needs, nothing when it is there already."""
    # Gateway and actions start together: the second one waits, then finds everything done.
    with one_process(state_dir):
        upgrade(database_url)
        engine = open_engine(database_url)
        try:
            _fill(engine, shipped)
        finally:
            engine.dispose()


def _fill(engine: Engine, shipped: bool) -> None:
    with engine.begin() as connection:
        if load_shipped_places(connection) or get_meta(connection, VERSION) is None:
            bump_version(connection)
    if shipped:
        load_shipped(engine)
        with engine.begin() as connection:
            load_tables(connection, SHIPPED_CONTENT)


class CurrentContent:
    """Holds the content in use; replacing it is one assignment, so readers never wait."""

    def __init__(self, engine: Engine, state_dir: Path, *, ranks: bool = False) -> None:
        self._engine, self._state_dir, self._ranks = engine, state_dir, ranks
        self._lock = threading.Lock()
        # The index on disk, before the corrections that are laid over it.
        self._whole: Snapshot | None = None
        self.content = self._open(self._edition())

    @property
    def snapshot(self) -> Snapshot:
        """The index in use."""
        return self.content.snapshot

    @property
    def gazetteer(self) -> Gazetteer:
        """The places in use."""
        return self.content.gazetteer

    def refresh_if_changed(self) -> bool:
        """True when newer content was taken up. While one thread does it, the others answer from the old one."""
        edition = self._edition()
        if edition.version == self.snapshot.version or not self._lock.acquire(blocking=False):
            return False
        try:
            self.content = self._corrected(edition) or self._open(edition)
        finally:
            self._lock.release()
        return True

    def refresh_soon(self) -> None:
        """A corrected sheet is answered from at once; for anything larger nobody waits: it is taken up in the background."""
        edition = self._edition()
        if edition.version == self.snapshot.version or self._lock.locked():
            return
        if edition.basis == self.snapshot.edition.basis:
            self.refresh_if_changed()
        else:
            threading.Thread(target=self.refresh_if_changed, name="knowledge-refresh", daemon=True).start()

    def _edition(self) -> Edition:
        with self._engine.connect() as connection:
            return read_edition(connection)

    def _corrected(self, edition: Edition) -> Content | None:
        # Places and the learned guess do not depend on corrections.
        if self._whole is None:
            return None
        with self._engine.connect() as connection:
            snapshot = patched(connection, self._whole, edition)
        return replace(self.content, snapshot=snapshot) if snapshot else None

    def _open(self, edition: Edition) -> Content:
        folder = ensure_index(self._engine, self._state_dir, edition)
        self._whole = Snapshot(folder)
        with self._engine.connect() as connection:
            gazetteer = read_gazetteer(connection)
            with one_process(folder.parent):
                model = ensure_model(connection, self._state_dir)
                finder = open_finder(connection, self._state_dir, gazetteer) if self._ranks else None
        return Content(self._whole, gazetteer, model, finder)


def ensure_index(engine: Engine, state_dir: Path, edition: Edition) -> Path:
    """The folder of the index of that edition, built when it is missing; older ones are swept."""
    home = state_dir / INDEX_FOLDER
    folder = home / f"{FORMAT}-{edition.version}"
    if not (folder / "meta.json").exists():
        with one_process(home):
            if not (folder / "meta.json").exists():
                build_index(engine, folder, edition)
                _sweep(home, folder)
    return folder


def build_current_index(engine: Engine, state_dir: Path) -> Path:
    """Builds the index and the model of the current content ahead of the processes that serve (end of an import)."""
    with engine.connect() as connection:
        folder = ensure_index(engine, state_dir, read_edition(connection))
        with one_process(folder.parent):
            ensure_model(connection, state_dir)
    return folder


def _sweep(home: Path, newest: Path) -> None:
    folders = [path for path in home.iterdir() if path.is_dir() and path != newest]
    folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in folders[KEPT_INDEXES - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
