"""Disks that are full, in the three ways that a test can have one: a file system of a few megabytes, SQLite's own limit, the
system's limit on the size of a process's files."""

from __future__ import annotations

import asyncio
import errno
import json
import resource
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol

from sqlalchemy import event
from sqlalchemy.exc import OperationalError

from channels.messages import Incoming
from channels.services import Services
from tests.faults.dying import open_services

LONG = "é" * 1900  # long enough to need pages that are not there
_SIZE = "4m"


class Disk(Protocol):
    """A disk that a test fills and frees."""

    def fill(self) -> None:
        """From now on nothing more fits."""

    def free(self) -> None:
        """There is room again."""


class RealDisk:
    """A small file system of its own, filled by another program's file."""

    def __init__(self, folder: Path) -> None:
        self._other = folder / "autre-programme"

    def fill(self) -> None:
        """Down to the last byte."""
        with self._other.open("ab", buffering=0) as file:
            for size in (65_536, 4096, 1):
                with suppress(OSError):
                    while True:
                        file.write(b"x" * size)

    def free(self) -> None:
        """The other program tidied up."""
        self._other.unlink()


class PageLimit:
    """SQLite's own « database or disk is full »: the file may not grow beyond what it has."""

    def __init__(self, services: Services) -> None:
        self._full = False
        event.listen(services.db.engine, "begin", self._limit)

    def fill(self) -> None:
        """At the next transaction."""
        self._full = True

    def free(self) -> None:
        """At the next transaction."""
        self._full = False

    def _limit(self, connection: object) -> None:
        connection.exec_driver_sql(f"PRAGMA max_page_count={1 if self._full else 2**30}")  # type: ignore[attr-defined]


@contextmanager
def small_file_system(folder: Path) -> Iterator[Path | None]:
    """A mounted file system of 4 MB; None where this account may not mount one."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={_SIZE}", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False)
    try:
        yield folder if mounted.returncode == 0 else None
    finally:
        if mounted.returncode == 0:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def write_until_refused(folder: str, token: str, report: str) -> None:
    """Run in a process of its own, whose files may not grow any more: says which messages were taken and which one was not."""
    said = asyncio.run(_until_refused(Path(folder), token))
    Path(report).write_text(json.dumps(said))


async def _until_refused(folder: Path, token: str) -> dict[str, object]:
    services, _ = open_services(folder)
    log = folder / "conversations.sqlite3-wal"
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 60_000, resource.RLIM_INFINITY))
    taken: list[str] = []
    refused = ""
    for number in range(200):
        try:
            await services.relay.receive(Incoming("web", f"{number} {LONG}", token=token, client_id=f"k{number}"))
            taken.append(f"k{number}")
        except (OperationalError, OSError) as error:
            refused = f"k{number}"
            assert isinstance(error, OperationalError) or error.errno == errno.EFBIG
            break
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await services.stop()
    return {"taken": taken, "refused": refused}
