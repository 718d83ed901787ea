"""Refreshing the published data: from the network what is due, or from a folder whatever it holds."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import Engine, update

import clock
from knowledge_base.places.store import SOURCES, held_source
from knowledge_base.report import Progress
from knowledge_base.sources.catalogue import Declared, catalogue, explained
from knowledge_base.sources.fetching import Fetcher, FetchFailed
from knowledge_base.sources.folder import candidates, is_of, looks_like
from knowledge_base.sources.loading import Limits, load_source
from knowledge_base.sources.outcome import FAILED, NOT_DUE, NOWHERE, OLDER, UNCHANGED, Outcome, Refreshed
from knowledge_base.upsert import upsert

Say = Callable[[Outcome], None]


@dataclass
class Refresh:
    """One refresh. `declared` is the catalogue (tests bring their own); `say` hears each outcome as it comes."""

    engine: Engine
    declared: dict[str, Declared] = field(default_factory=catalogue)
    fetcher: Fetcher = field(default_factory=Fetcher)
    limits: Limits = field(default_factory=Limits)
    progress: Progress | None = None
    say: Say = lambda outcome: None

    def from_folder(self, folder: Path, names: Sequence[str] = ()) -> Refreshed:
        """Loads every file of the folder that a source recognises; the others are listed."""
        found, unknown = self._sorted(folder)
        result = Refreshed(unknown=unknown)
        for declared in self._chosen(names):
            paths = found.get(declared.id, [])
            if paths:
                self._older(declared, paths, result)
                self._done(load_source(self.engine, declared, counted(declared, paths), self.limits, self.progress), result)
        return result

    def _sorted(self, folder: Path) -> tuple[dict[str, list[Path]], list[str]]:
        found: dict[str, list[Path]] = {}
        unknown: list[str] = []
        within: set[Path] = set()
        for path in candidates(folder):
            if within & set(path.parents):
                continue
            sources = [declared for declared in self.declared.values() if is_of(path, declared)]
            for declared in sources:
                found.setdefault(declared.id, []).append(path)
            if sources and path.is_dir():
                within.add(path)
            if not sources and path.is_file():
                unknown.append(_unknown(path, folder, self.declared.values()))
        return found, unknown

    def _older(self, declared: Declared, paths: list[Path], result: Refreshed) -> None:
        for path in sorted(set(paths) - set(counted(declared, paths))):
            self._done(Outcome(declared.id, OLDER, path.name, "un fichier plus récent de la même source est là"), result)

    def from_network(self, names: Sequence[str] = (), *, everything: bool = False) -> Refreshed:
        """Fetches and loads what is due (or named, or everything). A source that fails keeps its last good data."""
        result = Refreshed()
        for declared in self._chosen(names):
            if not declared.url:
                if names:
                    self._done(Outcome(declared.id, NOWHERE, why="se lit d’un dossier : --from DIR"), result)
                continue
            if not (names or everything or self._due(declared)):
                self._done(Outcome(declared.id, NOT_DUE), result)
                continue
            self._done(self._fetched(declared), result)
        return result

    def _chosen(self, names: Sequence[str]) -> Iterable[Declared]:
        return [self.declared[name] for name in names] if names else list(self.declared.values())

    def _due(self, declared: Declared) -> bool:
        held = self._held(declared.id)
        checked = held["checked_at"] if held else None
        if checked is None or (held and held["failure"]):
            return True
        checked = checked if checked.tzinfo else checked.replace(tzinfo=UTC)
        age: timedelta = clock.now() - checked
        return age >= timedelta(days=declared.every)

    def _held(self, source: str) -> dict[str, Any] | None:
        with self.engine.connect() as connection:
            return held_source(connection, source)

    def _fetched(self, declared: Declared) -> Outcome:
        held = self._held(declared.id) or {}
        with tempfile.TemporaryDirectory() as folder:
            target = Path(folder) / _file_name(declared)
            try:
                fetched = self.fetcher.fetch(
                    declared.url, target, etag=held.get("etag", ""), modified=held.get("modified", ""), progress=self.progress
                )
            except FetchFailed as error:
                return Outcome(declared.id, FAILED, declared.url, str(error))
            if not fetched.changed:
                return Outcome(declared.id, UNCHANGED)
            if declared.header and not looks_like(target, declared):
                return Outcome(declared.id, FAILED, declared.url, "le fichier n’a pas l’en-tête attendu : format changé ?")
            outcome = load_source(self.engine, declared, [target], self.limits, self.progress)
        if not outcome.failed:
            self._mark(declared.id, etag=fetched.etag, modified=fetched.modified)
        return outcome

    def _done(self, outcome: Outcome, result: Refreshed) -> None:
        if outcome.state not in (NOT_DUE, NOWHERE):
            failure = outcome.why if outcome.failed else ""
            self._mark(outcome.source, checked_at=clock.now(), failure=failure)
        result.outcomes.append(outcome)
        self.say(outcome)

    def _mark(self, source: str, **values: Any) -> None:
        empty = {"id": source, "origin": "", "dated": None, "digest": "", "facts": 0, "loaded_at": None, "checked_at": None,
                 "failure": "", "etag": "", "modified": ""}  # fmt: skip
        with self.engine.begin() as connection:
            if held_source(connection, source) is None:
                upsert(connection, SOURCES, [empty])
            connection.execute(update(SOURCES).where(SOURCES.c.id == source).values(**values))


def counted(declared: Declared, paths: list[Path]) -> list[Path]:
    """All files of a source that comes in several; else the newest one, by the date in its name."""
    if declared.several:
        return paths
    return [max(paths, key=lambda path: (str(declared.date_in(path.name) or ""), path.name))]


def _file_name(declared: Declared) -> str:
    name = Path(urlsplit(declared.url).path).name
    return name if "." in name else f"{declared.id}.csv"


def _unknown(path: Path, folder: Path, declared: Iterable[Declared]) -> str:
    name = str(path.relative_to(folder))
    near = next((source.id for source in declared if source.pattern and path.match(source.pattern)), "")
    if near:
        return f"{name} : nom de « {near} », mais pas son format"
    why = next((reason for pattern, reason in explained() if path.match(pattern)), "")
    return f"{name} : laissé de côté ({why})" if why else f"{name} : fichier inconnu"
