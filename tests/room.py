"""Where tests write: in memory (/dev/shm) when the machine has plenty of it, else where the system says.

A disk makes SQLite and PostgreSQL wait at every commit, which nothing here tests. The processes that tests start, and the workers
of the run, find the folder in their environment.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import psutil

MEMORY = Path("/dev/shm")
NEEDED = 6 * 1024**3  # bytes; a run takes up to two gigabytes
_NAME = "parcours-tests-"
_OWN = "pymp-"  # what multiprocessing removes itself when this process ends; the next run takes the empty folder


@dataclass(eq=False)  # a plugin is itself: pytest keeps plugins in sets
class Room:
    """A plugin of the process that starts the run: the folder in memory, None when it writes where the system says."""

    folder: Path | None = None
    failed: bool = False

    @classmethod
    def take(cls, memory: Path = MEMORY, needed: int = NEEDED) -> Room:
        """Makes the folder and has everything written there; nothing when the shell says where, or memory is short."""
        if os.environ.get("TMPDIR") or not _has(memory, needed):
            return cls()
        for left in memory.glob(f"{_NAME}*"):
            if not Path("/proc", left.name.removeprefix(_NAME)).exists():
                shutil.rmtree(left, ignore_errors=True)
        folder = memory / f"{_NAME}{os.getpid()}"
        folder.mkdir()
        folder.chmod(0o1777)  # PostgreSQL runs as another account
        os.environ["TMPDIR"] = tempfile.tempdir = str(folder)
        return cls(folder)

    def pytest_sessionfinish(self, exitstatus: int) -> None:
        """Notes whether something failed."""
        self.failed = exitstatus != 0

    def pytest_unconfigure(self) -> None:
        """Gives the memory back; after a failure the next run does, so that somebody can look."""
        if self.folder is None or self.failed:
            return
        for path in self.folder.iterdir():
            if not path.name.startswith(_OWN):
                shutil.rmtree(path, ignore_errors=True) if path.is_dir() else path.unlink(missing_ok=True)
        with suppress(OSError):
            self.folder.rmdir()


def _has(memory: Path, needed: int) -> bool:
    return memory.is_dir() and min(shutil.disk_usage(memory).free, psutil.virtual_memory().available) >= needed
