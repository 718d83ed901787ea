"""Loading the tables that come with the software: facts of a source that was refreshed since are left alone."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, func, select

from knowledge_base.geo.place import Place
from knowledge_base.meta import bump_version, get_meta, set_meta
from knowledge_base.models import PlaceRow
from knowledge_base.places.store import bump_places, held_source, set_courses, store_batch
from knowledge_base.places.tables import read_batches, read_courses, tables_digest
from knowledge_base.report import Report
from knowledge_base.upsert import upsert

SHIPPED = "shipped"
_DIGEST, _COMMUNES = "shipped_tables_digest", "places/communes.csv"
_PLACES = cast(Table, PlaceRow.__table__)


def load_tables(connection: Connection, content: Path) -> Report | None:
    """Loads the shipped tables when they changed since the last time; None when there was nothing to do."""
    digest = tables_digest(content)
    if get_meta(connection, _DIGEST) == digest:
        return None
    report = Report("Lieux et formations livrés")
    set_courses(connection, list(read_courses(content).values()))
    for batch in read_batches(content):
        held = held_source(connection, batch.source)
        newer = held and held["origin"] != SHIPPED and (held["dated"] or batch.dated) >= batch.dated
        if not newer:
            store_batch(connection, batch, SHIPPED, digest, report)
    if load_communes(connection, content):
        bump_version(connection)
    set_meta(connection, _DIGEST, digest)
    bump_places(connection)
    return report


def load_communes(connection: Connection, content: Path) -> int:
    """Fills the official communes, EPCI and employment areas of a base that has none; returns how many."""
    path = content / _COMMUNES
    official = select(func.count()).select_from(_PLACES).where(_PLACES.c.origin == "laposte")
    if not path.exists() or connection.execute(official).scalar():
        return 0
    rows = _place_rows(content)
    connection.execute(delete(_PLACES).where(_PLACES.c.code.startswith("geo-")))
    upsert(connection, _PLACES, rows)
    return len(rows)


def shipped_places(content: Path) -> Iterator[Place]:
    """The communes, EPCI and areas of our own table."""
    for row in _place_rows(content):
        lists = {"postcodes": tuple(row["postcodes"]), "aliases": tuple(row["aliases"])}
        yield Place(**{name: value for name, value in row.items() if name not in ("origin", "retired_on")} | lists)


def _place_rows(content: Path) -> list[dict[str, Any]]:
    with (content / _COMMUNES).open(encoding="utf-8", newline="") as file:
        return [_place(row) for row in csv.DictReader(file, delimiter=";")]


def _place(row: dict[str, str]) -> dict[str, Any]:
    optional = {name: row[name] or None for name in ("departement", "epci", "bassin")}
    point = {name: float(row[name]) if row[name] else None for name in ("lat", "lon")}
    return {
        "kind": row["kind"], "code": row["code"], "name": row["name"], "origin": row["origin"], "retired_on": None,
        "population": int(row["population"] or 0), "postcodes": row["postcodes"].split(),
        "aliases": [alias for alias in row["aliases"].split("|") if alias], **optional, **point,
    }  # fmt: skip
