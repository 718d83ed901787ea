"""The declared list of published data, `sources.yml`, as typed objects."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.places.credit import Credit
from language.yml import read_yml

CATALOGUE = Path(__file__).with_name("sources.yml")


@dataclass(frozen=True)
class Declared:
    """One source.

    `url` is empty for what can only be read from a folder, `tried` None for an address never fetched. `importer` names
    one of knowledge_base.importers when it fills sheets or territories; `several`: all of its files count, not only the
    newest.
    """

    id: str
    title: str
    publisher: str
    licence: str
    licence_url: str
    attribution: str
    page: str
    format: str
    pattern: str
    header: str
    folder: str
    url: str
    tried: date | None
    every: int
    names: int
    dated: date | None
    in_name: str
    note: str
    odbl: bool
    importer: str = ""
    several: bool = False

    def credit(self, as_of: date) -> Credit:
        """Whom a fact of that date is due to, with the words that go with it."""
        return Credit(self.id, self.title, self.publisher, self.licence, self.page, self.attribution,
                      self.note.format(year=as_of.year))  # fmt: skip

    def date_in(self, name: str) -> date | None:
        """The date that a file's name carries, as far as it does."""
        found = re.search(self.in_name, name) if self.in_name else None
        if not found:
            return self.dated
        digits = found.group(1).replace("-", "")
        month, day = (int(digits[start : start + 2] or "1") for start in (4, 6))
        return date(int(digits[:4]), month, day)


@lru_cache(maxsize=1)
def catalogue() -> dict[str, Declared]:
    """Every declared source by its id, in the order of the file."""
    raw = read_yml(CATALOGUE.read_text(encoding="utf-8"))
    return {item["id"]: _declared(item, raw["licences"]) for item in raw["sources"]}


@lru_cache(maxsize=1)
def explained() -> tuple[tuple[str, str], ...]:
    """(pattern of a file's name, why it is not read) of the files that are known all the same."""
    raw = read_yml(CATALOGUE.read_text(encoding="utf-8"))
    return tuple((item["pattern"], item["why"]) for item in raw.get("others", []))


def _declared(item: dict[str, Any], licences: dict[str, dict[str, str]]) -> Declared:
    licence = licences[item["licence"]]
    texts = {name: str(item.get(name, "")) for name in ("format", "pattern", "header", "folder", "url", "in_name", "note")}
    return Declared(
        id=item["id"],
        title=item["title"],
        publisher=item["publisher"],
        licence=licence["name"],
        licence_url=licence.get("url", ""),
        attribution=licence.get("notice", "").format(publisher=item["publisher"]),
        page=item["page"],
        tried=item.get("tried"),
        every=int(item["every"]),
        names=int(item["names"]),
        dated=item.get("dated"),
        odbl=item["licence"] == "odbl",
        importer=str(item.get("importer", "")),
        several=bool(item.get("several")),
        **texts,
    )
