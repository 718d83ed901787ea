"""Making the shipped tables from a folder of published files: `python -m knowledge_base.places.ship FOLDER`.

Maintainers run it when newer files are at hand and commit what changed; it touches no database.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import clock
from knowledge_base.places.batch import Batch
from knowledge_base.places.entities import FRESH_DAYS
from knowledge_base.places.shipped import shipped_places
from knowledge_base.places.tables import read_courses, write_batch
from knowledge_base.sources.catalogue import catalogue
from knowledge_base.sources.folder import files_of
from knowledge_base.sources.readers import head_of, read_source
from knowledge_base.sources.reading import Communes
from knowledge_base.sources.refreshing import counted

CONTENT = Path(__file__).parents[1] / "content"
# Collèges are no answer of ours; the jobs of the survey of 2025 have codes that the table of 2021 does not know.
NOT_SHIPPED = ("annuaire-education", "bmo-rome")


def ship(folder: Path, content: Path = CONTENT) -> dict[str, int]:
    """Reads every file of the folder that a declared source recognises and writes its tables; facts by source."""
    communes, courses, counts = Communes(shipped_places(content)), read_courses(content), {}
    for source, paths in files_of(folder, catalogue()).items():
        declared = catalogue()[source]
        if source not in NOT_SHIPPED and not declared.importer:
            batch = without_old_contacts(read_source(declared, counted(declared, paths), communes, courses))
            write_batch(content, batch, head_of(declared, batch))
            counts[source] = batch.facts
            for line in batch.report.details():
                print(line, file=sys.stderr)
    return counts


def without_old_contacts(batch: Batch) -> Batch:
    """Telephones, hours and boarding houses too old to be shown are not carried over at all."""
    limit = clock.today() - timedelta(days=FRESH_DAYS)
    batch.sites = [place if (place.as_of or batch.dated) > limit else replace(place, phone="", hours="", boarding="")
                   for place in batch.sites]  # fmt: skip
    return batch


if __name__ == "__main__":
    for name, count in ship(Path(sys.argv[1])).items():
        print(f"{name}: {count}")
