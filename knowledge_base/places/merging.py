"""One place out of what several sources say of it: each fact from the newest source that has it, corrections on top."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from knowledge_base.geo.place import distance_km
from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import FRESH_DAYS, Site
from knowledge_base.sources.catalogue import catalogue

Row = Mapping[str, Any]
# An address further from where a place stands is that of its seat.
SAME_PLACE_KM = 25.0
# What the agency may correct of a place.
CORRECTABLE = ("name", "address", "postcode", "commune", "phone", "website", "hours", "boarding", "closed")


def merged(rows: Sequence[Row], correction: Mapping[str, Any], territories: frozenset[str], sheet: str, today: date) -> Site:
    """The site that the rows of all sources and the agency's correction make."""
    newest = sorted(rows, key=lambda row: (row["as_of"], -_rank(row)), reverse=True)
    named = min(rows, key=_rank)
    addressed = next((row for row in newest if row["address"] and _is_near(row, newest)), newest[0])
    values = {**_position(addressed, newest), **_contacts(newest, today), "name": named["name"], "type": _type(rows)}
    old = (today - addressed["as_of"]).days > FRESH_DAYS
    year = addressed["as_of"].year if addressed["address"] and old else None
    values |= {name: value for name, value in correction.items() if name in values}
    if {"address", "postcode", "commune"} & set(correction):
        year = None
    return Site(
        key=named["key"], sheet=sheet, territories=territories, as_of=addressed["as_of"], address_year=year,
        also=_also(rows, named["name"]), credit=_credit(addressed), url=addressed["url"], **values,
    )  # fmt: skip


def _is_near(row: Row, newest: Sequence[Row]) -> bool:
    """Whether an address may be this place's: an older list gives the seat, far from where the newest says that it stands."""
    placed = next((other for other in newest if other["lat"] is not None), row)
    return row["lat"] is None or distance_km(row["lat"], row["lon"], placed["lat"], placed["lon"]) <= SAME_PLACE_KM


def _rank(row: Row) -> int:
    declared = catalogue().get(row["source"])
    return declared.names if declared else 0


def _type(rows: Sequence[Row]) -> str:
    # Apprenticeship lists call every body a CFA: a lycée that has apprentices stays a lycée.
    ranked = sorted(rows, key=_rank)
    return next((row["type"] for row in ranked if row["type"] != "cfa"), "cfa") if _rank(ranked[0]) > 1 else ranked[0]["type"]


def _position(addressed: Row, newest: Sequence[Row]) -> dict[str, Any]:
    exact = next((row for row in newest if row["exact"] and row["commune"] == addressed["commune"]), None)
    placed = exact or next((row for row in newest if row["lat"] is not None), addressed)
    located = addressed if addressed["commune"] or not placed["commune"] else placed
    return {
        "address": addressed["address"], "postcode": located["postcode"], "commune": located["commune_name"],
        "commune_code": located["commune"], "lat": placed["lat"], "lon": placed["lon"], "exact": bool(exact),
    }  # fmt: skip


def _contacts(newest: Sequence[Row], today: date) -> dict[str, Any]:
    fresh = [row for row in newest if today - row["as_of"] <= timedelta(days=FRESH_DAYS)]
    values: dict[str, Any] = {name: _first(fresh, name) for name in ("phone", "hours", "boarding")}
    return values | {"website": _first(newest, "website")}


def _first(rows: Sequence[Row], name: str) -> str:
    return next((row[name] for row in rows if row[name]), "")


def _also(rows: Sequence[Row], name: str) -> tuple[str, ...]:
    names = [other for row in rows for other in (row["name"], *row["also"])]
    return tuple(dict.fromkeys(other for other in names if other != name))


def _credit(row: Row) -> Credit:
    declared = catalogue().get(row["source"])
    return declared.credit(row["as_of"]) if declared else Credit(source=row["source"])
