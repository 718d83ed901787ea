"""What a process answers from right now, and how it moves to newer content without a pause."""

from __future__ import annotations

import fcntl
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Engine

from knowledge_base.database import open_engine
from knowledge_base.geo.gazetteer import Gazetteer, read_gazetteer
from knowledge_base.geo.shipped import load_shipped_places
from knowledge_base.loader import load_shipped
from knowledge_base.meta import VERSION, bump_version, get_meta
from knowledge_base.migrations import upgrade
from knowledge_base.search.build import build_index
from knowledge_base.search.content import Content
from knowledge_base.search.schema import FORMAT
from knowledge_base.search.snapshot import Snapshot
from knowledge_base.search.training import ensure_model

INDEX_FOLDER = "index"
# The index in use by slower processes is kept a while: the current one and the one before.
KEPT_INDEXES = 2


def prepare(database_url: str, state_dir: Path, *, shipped: bool = True) -> None:
    """Migrations, shipped places and sheets: all that a fresh install needs, nothing when it is there already."""
    state_dir.mkdir(parents=True, exist_ok=True)
    with _one_process(state_dir):
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


@contextmanager
def _one_process(state_dir: Path) -> Iterator[None]:
    # Gateway and actions start together: the second one waits, then finds everything done.
    with (state_dir / "knowledge.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


class CurrentContent:
    """Holds the content in use; replacing it is one assignment, so readers never wait."""

    def __init__(self, engine: Engine, state_dir: Path) -> None:
        self._engine, self._state_dir = engine, state_dir
        self._lock = threading.Lock()
        self.content = self._open(self._version())

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
        version = self._version()
        if version == self.content.snapshot.version or not self._lock.acquire(blocking=False):
            return False
        try:
            self.content = self._open(version)
        finally:
            self._lock.release()
        return True

    def refresh_soon(self) -> None:
        """The same in the background: whoever asks now is answered from the old content and waits for nothing."""
        if self._version() != self.content.snapshot.version and not self._lock.locked():
            threading.Thread(target=self.refresh_if_changed, name="knowledge-refresh", daemon=True).start()

    def _version(self) -> str:
        with self._engine.connect() as connection:
            return get_meta(connection, VERSION) or "empty"

    def _open(self, version: str) -> Content:
        folder = ensure_index(self._engine, self._state_dir, version)
        with self._engine.connect() as connection:
            gazetteer = read_gazetteer(connection)
            with _one_process(folder.parent):
                model = ensure_model(connection, self._state_dir)
        return Content(Snapshot(folder), gazetteer, model)


def ensure_index(engine: Engine, state_dir: Path, version: str) -> Path:
    """The folder of the index of that version, built when it is missing; older ones are swept."""
    home = state_dir / INDEX_FOLDER
    folder = home / f"{FORMAT}-{version}"
    if not (folder / "meta.json").exists():
        home.mkdir(parents=True, exist_ok=True)
        with _one_process(home):
            if not (folder / "meta.json").exists():
                build_index(engine, folder, version)
                _sweep(home, folder)
    return folder


def build_current_index(engine: Engine, state_dir: Path) -> Path:
    """Builds the index and the model of the current content ahead of the processes that serve (end of an import)."""
    with engine.connect() as connection:
        version = get_meta(connection, VERSION) or "empty"
        folder = ensure_index(engine, state_dir, version)
        with _one_process(folder.parent):
            ensure_model(connection, state_dir)
    return folder


def _sweep(home: Path, newest: Path) -> None:
    folders = [path for path in home.iterdir() if path.is_dir() and path != newest]
    folders.sort(key=lambda path: path.stat().st_mtime, reverse=True)
    for path in folders[KEPT_INDEXES - 1 :]:
        shutil.rmtree(path, ignore_errors=True)
