"""Reading all the files of one source into one batch."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from knowledge_base.places.batch import Batch, CourseFact
from knowledge_base.places.tables import Head
from knowledge_base.sources.catalogue import Declared
from knowledge_base.sources.formats import READERS
from knowledge_base.sources.reading import Communes, Context


def read_source(declared: Declared, paths: Sequence[Path], communes: Communes, courses: Mapping[str, CourseFact]) -> Batch:
    """One batch of all the files of a source (some come in several). Raises ImportRefused naming the file."""
    batches = [_read(declared, path, communes, courses) for path in paths]
    whole = batches[0]
    for batch in batches[1:]:
        _join(whole, batch)
    return whole


def _read(declared: Declared, path: Path, communes: Communes, courses: Mapping[str, CourseFact]) -> Batch:
    dated = declared.date_in(path.name) or date.fromtimestamp(path.stat().st_mtime)
    return READERS[declared.format](path, Context(declared.id, dated, communes, courses))


def _join(whole: Batch, other: Batch) -> None:
    keys = {place.key for place in whole.sites}
    whole.sites += [place for place in other.sites if place.key not in keys]
    whole.offers += other.offers
    whole.covers += other.covers
    whole.courses += other.courses
    whole.hiring += other.hiring
    whole.jobs += other.jobs
    whole.report.join(other.report)
    whole.dated = max(whole.dated, other.dated)


def head_of(declared: Declared, batch: Batch) -> Head:
    """The head of a source's tables."""
    return Head(
        source=declared.id,
        dated=batch.dated,
        title=declared.title,
        publisher=declared.publisher,
        licence=declared.licence,
        attribution=declared.attribution,
        page=declared.page,
    )
