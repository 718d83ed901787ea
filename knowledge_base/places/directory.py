"""All sites in memory, by key, commune, type and territory; a few thousand of them, read again when they change."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Engine, select

import clock
from knowledge_base.models import PlaceRow, SheetRow
from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import Site
from knowledge_base.places.merging import merged
from knowledge_base.places.models import CoverRow, SiteCorrectionRow, SiteRow
from knowledge_base.places.sheets import site_of_sheet, structure_joins
from knowledge_base.places.store import places_version

# How long a process may answer from places that another process changed.
LOOKED_AT_EVERY = 2.0


class Directory:
    """Read-only and thread-safe once built."""

    def __init__(self, version: str, sites: Iterable[Site]) -> None:
        self.version = version
        self.by_key: dict[str, Site] = {}
        self.by_type: dict[str, list[Site]] = defaultdict(list)
        self.by_commune: dict[str, list[Site]] = defaultdict(list)
        self.by_territory: dict[str, list[Site]] = defaultdict(list)
        self.by_sheet: dict[str, Site] = {}
        for site in sites:
            self._add(site)

    def _add(self, site: Site) -> None:
        self.by_key[site.key] = site
        self.by_type[site.type].append(site)
        self.by_commune[site.commune_code].append(site)
        for territory in site.territories:
            self.by_territory[territory].append(site)
        if site.sheet:
            self.by_sheet.setdefault(site.sheet, site)

    def __len__(self) -> int:
        return len(self.by_key)


def read_directory(connection: Connection, today: date | None = None) -> Directory:
    """All sites of all sources, corrections laid over, structure sheets joined to them."""
    corrections = {row.key: row.values for row in connection.execute(select(SiteCorrectionRow.__table__))}
    rows: dict[str, list[Any]] = defaultdict(list)
    for row in connection.execute(select(SiteRow.__table__)).mappings():
        rows[row["key"]].append(row)
    sheets = _structure_sheets(connection)
    joins = structure_joins()
    covers = _covers(connection, sheets, joins)
    today = today or clock.today()
    sites = [
        merged(found, corrections.get(key, {}), covers.get(key, frozenset()), joins.get(key, ""), today)
        for key, found in rows.items()
        if not corrections.get(key, {}).get("closed")
    ]
    joined = {site.sheet for site in sites if site.sheet}
    lone = [row for row in sheets if f"structure/{row['id']}" not in joined and row["data"].get("commune_name")]
    points = _points(connection)
    lone_sites = [site_of_sheet(row, points.get(row["data"].get("commune"), (None, None))) for row in lone]
    return Directory(places_version(connection), [*map(_with_sheet(sheets), sites), *lone_sites])


def _points(connection: Connection) -> dict[str, tuple[float | None, float | None]]:
    query = select(PlaceRow.code, PlaceRow.lat, PlaceRow.lon).where(PlaceRow.kind == "commune")
    return {row.code: (row.lat, row.lon) for row in connection.execute(query)}


def _structure_sheets(connection: Connection) -> list[dict[str, Any]]:
    query = select(SheetRow.__table__).where(SheetRow.kind == "structure", SheetRow.retired_on.is_(None))
    return [dict(row) for row in connection.execute(query).mappings()]


def _covers(connection: Connection, sheets: list[dict[str, Any]], joins: dict[str, str]) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in connection.execute(select(CoverRow.site, CoverRow.territory)):
        found[row.site].add(row.territory)
    by_sheet = {f"structure/{row['id']}": row["data"].get("covers") or [] for row in sheets}
    for key, sheet in joins.items():
        found[key].update(by_sheet.get(sheet, []))
    return {key: frozenset(territories) for key, territories in found.items()}


def _with_sheet(sheets: list[dict[str, Any]]) -> Callable[[Site], Site]:
    """Lays what the agency wrote in a structure's sheet (address, telephone, hours) over the published place."""
    data = {f"structure/{row['id']}": row for row in sheets}

    def laid_over(site: Site) -> Site:
        row = data.get(site.sheet)
        if row is None:
            return site
        own = {name: row["data"][name] for name in ("phone", "hours") if row["data"].get(name)}
        if row["data"].get("address"):
            own |= {"address": row["data"]["address"], "address_year": None}
            own |= {"credit": _own_credit(row), "as_of": row["collected_on"] or site.as_of}
        return replace(site, **own)

    return laid_over


def _own_credit(row: dict[str, Any]) -> Credit:
    source = row["source"] or {}
    return Credit(source="fiche", title=source.get("name", ""), url=source.get("url") or "")


class CurrentDirectory:
    """The directory of a process: built at the first question, built again when the places changed."""

    def __init__(self, engine: Engine) -> None:
        self._engine, self._lock = engine, threading.Lock()
        self._directory: Directory | None = None
        self._looked_at = 0.0

    @property
    def directory(self) -> Directory:
        """The places in use."""
        held = self._directory
        if held is None or time.monotonic() - self._looked_at > LOOKED_AT_EVERY:
            held = self._look()
        return held

    def forget(self) -> None:
        """Looks again at the next question: this very process changed something."""
        self._looked_at = 0.0

    def _look(self) -> Directory:
        with self._lock, self._engine.connect() as connection:
            held = self._directory
            if held is None or held.version != places_version(connection):
                held = self._directory = read_directory(connection)
            self._looked_at = time.monotonic()
        return held
