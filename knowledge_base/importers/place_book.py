"""The table of places while an importer works on it: adds, completes, and counts what really changed."""

from __future__ import annotations

from collections import defaultdict
from typing import Any, cast

from sqlalchemy import Connection, Table, delete, select

import clock
from knowledge_base.geo.place import distance_km
from knowledge_base.geo.shipped import ORIGIN as GAZETTEER
from knowledge_base.models import PlaceRow
from knowledge_base.report import Report
from knowledge_base.upsert import upsert
from language.places import normal_name

PLACES = cast(Table, PlaceRow.__table__)
# A record of the shipped gazetteer is the official commune of the same name when it is no further than this.
SAME_KM = 12.0
_LOWER = {"le", "la", "les", "de", "du", "des", "d", "sur", "sous", "en", "et", "au", "aux", "l", "lès", "lez", "près"}

Row = dict[str, Any]
Key = tuple[str, str]


def long_form(name: str) -> str:
    """A folded name with « st » and « ste » written out."""
    return normal_name(name)


def display_name(name: str) -> str:
    """« ST ETIENNE DU ROUVRAY » → « Saint-Etienne-du-Rouvray »; a name in mixed case is kept."""
    if not name.isupper():
        return name
    words = long_form(name).split()
    written = [word if word in _LOWER and position else word.capitalize() for position, word in enumerate(words)]
    article = written[0] in ("Le", "La", "Les") and len(written) > 1
    head, rest = (written[:1], written[1:]) if article else ([], written)
    return " ".join([*head, "-".join(rest)])


class PlaceBook:
    """All places by (kind, code); `save` writes what changed since it was read."""

    def __init__(self, connection: Connection, report: Report) -> None:
        self.connection, self.report = connection, report
        self.rows: dict[Key, Row] = {}
        self._before: dict[Key, Row] = {}
        for record in connection.execute(select(PLACES)).mappings():
            key = (record["kind"], record["code"])
            self.rows[key], self._before[key] = dict(record), dict(record)
        self._unofficial: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows.values():
            if row["code"].startswith("geo-"):
                self._unofficial[long_form(row["name"])].append(row)
        self._adopted: set[Key] = set()
        self.seen: set[Key] = set()

    def commune(self, code: str, name: str, lat: float | None = None, lon: float | None = None) -> Row:
        """The row of a commune by INSEE code; made, from the shipped gazetteer's record if there is one, when new."""
        key = ("commune", code)
        self.seen.add(key)
        if key not in self.rows:
            self.rows[key] = self._from_gazetteer(code, name, lat, lon) or self._new("commune", code, display_name(name))
        row = self.rows[key]
        if row["retired_on"]:
            row["retired_on"] = None
        if lat is not None:
            row["lat"], row["lon"] = lat, lon
        row["departement"] = row["departement"] or code[:2]
        return row

    def area(self, kind: str, code: str, name: str) -> Row:
        """The row of an EPCI or of an employment area."""
        key = (kind, code)
        self.seen.add(key)
        row = self.rows.setdefault(key, self._new(kind, code, name))
        row |= {"name": name, "retired_on": None}
        return row

    @staticmethod
    def _new(kind: str, code: str, name: str) -> Row:
        row: Row = dict.fromkeys(PLACES.columns.keys())
        return row | {"kind": kind, "code": code, "name": name, "origin": "", "population": 0, "postcodes": [], "aliases": []}

    def _from_gazetteer(self, code: str, name: str, lat: float | None, lon: float | None) -> Row | None:
        for row in self._unofficial.get(long_form(name), []):
            key = ("commune", row["code"])
            far = lat is not None and lon is not None and distance_km(lat, lon, row["lat"], row["lon"]) > SAME_KM
            other = lat is None and row["departement"] not in (None, code[:2])
            if key in self._adopted or far or other:
                continue
            self._adopted.add(key)
            return row | {"code": code, "departement": code[:2]}
        return None

    def retire_unseen(self, kind: str, origin: str) -> None:
        """Retires the places of that kind and origin that the file no longer holds."""
        for key, row in self.rows.items():
            if key[0] == kind and row["origin"] == origin and key not in self.seen and not row["retired_on"]:
                row["retired_on"] = clock.today()

    def drop_old_names(self) -> None:
        """Forgets the gazetteer's records of former communes that are now an alias of an official one nearby."""
        aliases: dict[str, list[Row]] = defaultdict(list)
        for row in self.rows.values():
            if row["kind"] == "commune" and row["origin"] != GAZETTEER:
                for alias in row["aliases"]:
                    aliases[long_form(alias)].append(row)
        for name, records in self._unofficial.items():
            for record in records:
                near = (row for row in aliases.get(name, []) if row["lat"] is not None)
                if any(distance_km(row["lat"], row["lon"], record["lat"], record["lon"]) <= SAME_KM for row in near):
                    self._adopted.add(("commune", record["code"]))

    def centre(self, area: Row, communes: list[Row]) -> None:
        """Puts an area at the mean of its communes, weighted by population."""
        placed = [row for row in communes if row["lat"] is not None]
        weight = sum(row["population"] + 1 for row in placed)
        if weight:
            area["lat"] = round(sum(row["lat"] * (row["population"] + 1) for row in placed) / weight, 5)
            area["lon"] = round(sum(row["lon"] * (row["population"] + 1) for row in placed) / weight, 5)
            area["population"] = sum(row["population"] for row in communes)

    def save(self) -> None:
        """Writes new and changed rows, removes the gazetteer's records that an official commune replaced."""
        for kind, code in self._adopted:
            self.rows.pop((kind, code), None)
            self.connection.execute(delete(PLACES).where(PLACES.c.kind == kind, PLACES.c.code == code))
        changed = []
        for key, row in self.rows.items():
            before = self._before.get(key)
            if before == row:
                self.report.unchanged += key in self.seen
                continue
            changed.append(row)
            self.report.added += before is None
            self.report.retired += bool(before and row["retired_on"] and not before["retired_on"])
            self.report.changed += bool(before and not row["retired_on"])
        upsert(self.connection, PLACES, changed)
