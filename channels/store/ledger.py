"""What must survive the restore of an older backup: who was erased, who said STOP. It lies apart from the databases.

One line each, in a file of its month (`2026-11.txt`), so that whole files are forgotten later:

    2026-11-27T01:40:00+00:00 erased 0b5c…     the random id of a conversation or contact, which nothing else knows any more
    2026-11-27T01:41:00+00:00 stop 9fQx…       the keyed hash of a number (`start`: they took it back)

Nothing personal is in it, so that it may be copied elsewhere every few minutes.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from tempfile import TemporaryFile

from clock import now

ERASED, STOP, START = "erased", "stop", "start"
_KINDS = frozenset({ERASED, STOP, START})


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One line. `at`: ISO 8601, UTC, to the second. `kind`: erased | stop | start."""

    at: str
    kind: str
    key: str


class Ledger:
    """The files of one folder; several processes may write at once."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def check(self) -> None:
        """Makes the folder and a file in it.

        Raises:
            OSError: it cannot be written; better refused at the start than found out by the first who asks to be erased.
        """
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with TemporaryFile(dir=self._folder):
            pass

    def note(self, wishes: Iterable[tuple[str, str]]) -> None:
        """Writes (kind, key) lines, on the disk when it returns.

        Raises:
            OSError: they could not be written; what they say must not be committed.
        """
        at = now().astimezone(UTC).isoformat(timespec="seconds")
        self._append(at[:7], [Entry(at, kind, key) for kind, key in wishes])

    def entries(self) -> list[Entry]:
        """Every line, oldest first; lines that are no entries (cut by a crash) are left out."""
        return sorted(entry for path in self._files() for entry in _read(path))

    def add(self, entries: Iterable[Entry]) -> None:
        """Takes over the lines of another ledger that this one lacks."""
        known = set(self.entries())
        months: dict[str, list[Entry]] = {}
        for entry in sorted(set(entries) - known):
            months.setdefault(entry.at[:7], []).append(entry)
        for month, lines in months.items():
            self._append(month, lines)

    def forget(self, before: date) -> int:
        """Removes the months that ended before this day; returns how many."""
        old = [path for path in self._files() if path.stem < before.strftime("%Y-%m")]
        for path in old:
            path.unlink()
        return len(old)

    def _append(self, month: str, entries: Iterable[Entry]) -> None:
        text = "".join(f"{entry.at} {entry.kind} {entry.key}\n" for entry in entries)
        if not text:
            return
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        descriptor = os.open(self._folder / f"{month}.txt", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(descriptor, "wb", buffering=0) as file:
            file.write(text.encode("ascii"))  # one write: lines of two processes never mix
            os.fsync(file.fileno())

    def _files(self) -> list[Path]:
        return sorted(self._folder.glob("[0-9][0-9][0-9][0-9]-[0-9][0-9].txt"))


def _read(path: Path) -> Iterator[Entry]:
    for line in path.read_text("ascii", "replace").splitlines():
        parts = line.split(" ")
        if len(parts) == 3 and parts[1] in _KINDS and parts[2] and _is_instant(parts[0]):
            yield Entry(*parts)


def _is_instant(text: str) -> bool:
    try:
        return datetime.fromisoformat(text).tzinfo is not None
    except ValueError:
        return False
