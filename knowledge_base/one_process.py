"""What one process does while the others wait, then find it done."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def one_process(folder: Path) -> Iterator[None]:
    """Held by one process at a time; the lock lies in the folder that is worked on, so whoever shares it waits."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "knowledge.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
