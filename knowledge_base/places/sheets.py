"""Places and structure sheets: which is which (a table checked by hand), and a sheet alone as a place."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import Site

JOINS = Path(__file__).parents[1] / "content" / "places" / "sheets.csv"
# Types of structure sheets that go by another name among places.
TYPES = {"organisme_formation": "organisme", "chambre": "chambre"}


@lru_cache(maxsize=1)
def structure_joins() -> dict[str, str]:
    """Key of a place → « structure/… », as the checked table says."""
    if not JOINS.exists():
        return {}
    with JOINS.open(encoding="utf-8", newline="") as file:
        return {row["site"]: f"structure/{row['sheet']}" for row in csv.DictReader(file, delimiter=";")}


def site_of_sheet(row: Mapping[str, Any], point: tuple[float | None, float | None] = (None, None)) -> Site:
    """A structure sheet that no published place is joined to, as a place; `point` is that of its commune."""
    data, source = row["data"], row["source"] or {}
    return Site(
        key=f"fiche-{row['id']}",
        name=row["title"],
        type=TYPES.get(data["type"], data["type"]),
        address=data.get("address") or "",
        postcode=data.get("postcode") or "",
        commune=data.get("commune_name") or "",
        commune_code=data.get("commune") or "",
        lat=data.get("lat") or point[0],
        lon=data.get("lon") or point[1],
        phone=data.get("phone") or "",
        hours=data.get("hours") or "",
        also=tuple(row["also"]),
        sheet=f"structure/{row['id']}",
        as_of=row["collected_on"] or date(2000, 1, 1),
        credit=Credit(source="fiche", title=source.get("name", ""), url=source.get("url") or ""),
        territories=frozenset(data.get("covers") or ()),
    )
