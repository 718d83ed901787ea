"""Places read by us on public pages: a CSV in our own columns, each line with its page and the day of the fact."""

from __future__ import annotations

import re
from pathlib import Path

from knowledge_base.places.batch import Batch, CoverFact
from knowledge_base.sources.entries import Entry, Gathering, Unreadable
from knowledge_base.sources.reading import Context

_COLUMNS = ["key", "name", "type", "address", "postcode", "commune_name", "phone", "website", "hours", "boarding", "url", "as_of"]
_TERRITORY = re.compile(r"\d[\dAB]|\d[\dAB]\d{3}|\d{9}")


def read_pages(path: Path, context: Context) -> Batch:
    """One line a place; `covers` holds the territories that it serves, separated by spaces."""
    gathering = Gathering(path, context)
    return gathering.take(gathering.rows(_COLUMNS), _take)


def _take(entry: Entry) -> None:
    as_of = entry.day("as_of")
    if as_of is None:
        raise Unreadable("sans le jour où la page a été lue")
    key, name, type_ = entry.needed("key"), entry.needed("name"), entry.matching("[a-z_]+", "type")
    place = entry.place(name=entry.text("commune_name"), postcode=entry.text("postcode"))
    also = tuple(part.strip() for part in entry.text("also").split("|") if part.strip())
    facts = {name: entry.text(name) for name in ("address", "phone", "website", "hours", "boarding", "url")}
    entry.site(key, name, type_, place, also=also, as_of=as_of, **facts)
    for territory in entry.text("covers").split():
        if _TERRITORY.fullmatch(territory):
            entry.of.batch.covers.append(CoverFact(key, territory, as_of))
        else:
            entry.note(f"territoire ignoré : « {territory[:40]} »")
