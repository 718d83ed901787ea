"""Places read by us on public pages: a CSV in our own columns, each line with its page and the day of the fact."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from knowledge_base.importers.tabular import read_rows
from knowledge_base.places.batch import Batch, CoverFact
from knowledge_base.report import Report
from knowledge_base.sources.reading import Context, located, site

_COLUMNS = ["key", "name", "type", "address", "postcode", "commune_name", "phone", "website", "hours", "boarding", "url", "as_of"]


def read_pages(path: Path, context: Context) -> Batch:
    """One line a place; `covers` holds the territories that it serves, separated by spaces."""
    batch, report = context.batch(), Report(path.name)
    for row in read_rows(path, _COLUMNS, report):
        place = located(context.communes, name=row["commune_name"], postcode=row["postcode"])
        also = tuple(part.strip() for part in row.get("also").split("|") if part.strip())
        facts = {name: row[name] for name in ("address", "phone", "website", "hours", "boarding", "url")}
        as_of = date.fromisoformat(row["as_of"])
        batch.sites.append(site(context, row["key"], row["name"], row["type"], place, also=also, as_of=as_of, **facts))
        batch.covers += [CoverFact(row["key"], territory, as_of) for territory in row.get("covers").split()]
    return batch
