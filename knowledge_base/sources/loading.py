"""Loading one source from its files: checked, all or nothing, never over newer or fuller data."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, select

import clock
from knowledge_base.errors import ImportRefused
from knowledge_base.geo.gazetteer import read_gazetteer
from knowledge_base.importers import IMPORTERS
from knowledge_base.places.batch import CourseFact
from knowledge_base.places.models import CourseRow
from knowledge_base.places.store import SOURCES, held_source, store_batch
from knowledge_base.report import Progress, Report
from knowledge_base.sources.catalogue import Declared
from knowledge_base.sources.outcome import EXTRACT, FAILED, LOADED, OLDER, UNCHANGED, Outcome
from knowledge_base.sources.readers import read_source
from knowledge_base.sources.reading import Communes
from knowledge_base.sources.workbooks import as_csv
from knowledge_base.upsert import upsert

PUBLISHED = "published"
# A source that loses more than a fifth of its facts is thought damaged until somebody says otherwise.
SHRINK = 0.8


@dataclass(frozen=True)
class Limits:
    """`accept_shrink`: sources whose shrinking an operator has looked at."""

    accept_shrink: frozenset[str] = frozenset()


def load_source(
    engine: Engine, declared: Declared, paths: Sequence[Path], limits: Limits, progress: Progress | None = None
) -> Outcome:
    """Loads the files of one source; a failure is told in the outcome and leaves what was loaded before."""
    outcome = Outcome(declared.id, LOADED, ", ".join(path.name for path in paths[:3]))
    outcome.dated = max(filter(None, (declared.date_in(path.name) for path in paths)), default=declared.dated)
    digest = digest_of(paths)
    with engine.connect() as connection:
        held = held_source(connection, declared.id)
    try:
        if held and held["digest"] == digest:
            outcome.state = UNCHANGED
        elif held and outcome.dated and held["dated"] and outcome.dated < held["dated"]:
            outcome.state, outcome.why = OLDER, f"données du {held['dated']:%d/%m/%Y} déjà chargées"
        elif declared.importer:
            _by_importer(engine, declared, paths, held, digest, outcome, limits, progress)
        else:
            _by_batch(engine, declared, paths, held, digest, outcome, limits)
    except ImportRefused as error:
        outcome.state, outcome.why = FAILED, str(error)
    return outcome


def digest_of(paths: Sequence[Path]) -> str:
    """A digest of the content of files and of folders of files."""
    digest = hashlib.sha256()
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file():
                digest.update(file.read_bytes())
    return digest.hexdigest()


def _shrunk(outcome: Outcome, held: dict[str, Any] | None, facts: int, limits: Limits) -> bool:
    """Says in the outcome that the data lack too much; an edition of the same date that holds less is an extract."""
    if held is None or facts >= SHRINK * held["facts"] or outcome.source in limits.accept_shrink:
        return False
    why = f"{facts} faits au lieu de {held['facts']}"
    if outcome.dated is not None and outcome.dated == held["dated"]:
        outcome.state, outcome.why = EXTRACT, why
    else:
        outcome.state = FAILED
        outcome.why = f"{why} : plus d’un cinquième a disparu (--accept-shrink {outcome.source} si c’est voulu)"
    return True


def _by_batch(engine: Engine, declared: Declared, paths: Sequence[Path], held: dict[str, Any] | None, digest: str,
              outcome: Outcome, limits: Limits) -> None:  # fmt: skip
    with engine.connect() as connection:
        communes = Communes(read_gazetteer(connection).places)
        courses = _courses(connection)
    batch = read_source(declared, paths, communes, courses)
    outcome.dated = batch.dated
    if not batch.facts:
        raise ImportRefused("aucun fait lisible dans ce fichier", file=outcome.file)
    if _shrunk(outcome, held, batch.facts, limits):
        return
    outcome.report = Report(declared.title)
    outcome.report.join(batch.report)
    outcome.report.read = 0  # counted by what is stored
    with engine.begin() as connection:
        store_batch(connection, batch, PUBLISHED, digest, outcome.report)


def _courses(connection: Connection) -> dict[str, CourseFact]:
    return {row.key: CourseFact(row.key, row.label) for row in connection.execute(select(CourseRow.key, CourseRow.label))}


def _by_importer(engine: Engine, declared: Declared, paths: Sequence[Path], held: dict[str, Any] | None, digest: str,
                 outcome: Outcome, limits: Limits, progress: Progress | None) -> None:  # fmt: skip
    # These importers count while they write: what a shrinking file is measured by is its size.
    size = sum(file.stat().st_size for path in paths for file in (path.rglob("*") if path.is_dir() else [path]))
    if _shrunk(outcome, held, size, limits):
        outcome.why = outcome.why.replace("faits", "octets")
        return
    report = Report(declared.title)
    with tempfile.TemporaryDirectory() as folder:
        for path in paths:
            file = as_csv(path, Path(folder)) if path.suffix == ".xlsx" else path
            report.join(IMPORTERS[declared.importer](engine, file, progress))
    outcome.report = report
    with engine.begin() as connection:
        upsert(connection, SOURCES, [_row(declared.id, outcome.dated, digest, size, held)])


def _row(source: str, dated: date | None, digest: str, facts: int, held: dict[str, Any] | None) -> dict[str, Any]:
    fetched = {name: (held or {}).get(name) or "" for name in ("etag", "modified")}
    now = clock.now()
    return {"id": source, "origin": PUBLISHED, "dated": dated, "digest": digest, "facts": facts, "loaded_at": now,
            "checked_at": now, "failure": "", **fetched}  # fmt: skip
