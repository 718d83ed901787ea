"""What a load or an import did, in numbers and in French."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

MAX_LISTED = 1_000
# Called with the number of records read so far; the command line draws its bar from it.
Progress = Callable[[int], None]


@dataclass(frozen=True)
class Rejection:
    """One record that was not taken. `line` is 1-based, None when the whole file is meant."""

    file: str
    line: int | None
    reason: str
    record: str = ""

    def __str__(self) -> str:
        where = f"{self.file}:{self.line}" if self.line else self.file
        what = f" ({self.record})" if self.record else ""
        return f"{where}{what} : {self.reason}"


@dataclass
class Report:
    """Counts of one load or import. `kept` counts records left alone because the agency has its own sheet,
    `ignored` records that do not concern us (archived, repeated, outside Normandie).

    `rejected` lists at most MAX_LISTED records; `rejected_count` counts all of them. `notes` are records that were
    taken although something about them is odd.
    """

    name: str
    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    retired: int = 0
    kept: int = 0
    ignored: int = 0
    rejected_count: int = 0
    rejected: list[Rejection] = field(default_factory=list)
    notes: list[Rejection] = field(default_factory=list)

    def reject(self, file: str, line: int | None, reason: str, record: str = "") -> None:
        """Counts a record that is not taken, and lists it with its line and reason."""
        self.rejected_count += 1
        if len(self.rejected) < MAX_LISTED:
            self.rejected.append(Rejection(file, line, reason, record))

    def note(self, file: str, line: int | None, reason: str, record: str = "") -> None:
        """Lists something odd about a record that was taken nevertheless."""
        if len(self.notes) < MAX_LISTED:
            self.notes.append(Rejection(file, line, reason, record))

    def join(self, other: Report) -> None:
        """Adds what another report counts and lists."""
        for name in ("read", "added", "changed", "unchanged", "retired", "kept", "ignored", "rejected_count"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.rejected = (self.rejected + other.rejected)[:MAX_LISTED]
        self.notes = (self.notes + other.notes)[:MAX_LISTED]

    @property
    def touched(self) -> bool:
        """True when the content of the base changed."""
        return bool(self.added or self.changed or self.retired)

    def summary(self) -> str:
        """One line for people."""
        parts = [
            f"{self.read} lus",
            f"{self.added} ajoutés",
            f"{self.changed} modifiés",
            f"{self.unchanged} inchangés",
            f"{self.retired} retirés",
            f"{self.rejected_count} refusés",
        ]
        if self.kept:
            parts.append(f"{self.kept} laissés à la fiche de l’agence")
        if self.ignored:
            parts.append(f"{self.ignored} laissés de côté")
        return f"{self.name} : " + ", ".join(parts)

    def details(self) -> list[str]:
        """The rejected records and the notes, one line each."""
        return [f"refusé : {item}" for item in self.rejected] + [f"à noter : {item}" for item in self.notes]
