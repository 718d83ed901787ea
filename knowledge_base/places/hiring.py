"""Who recruits here: the survey « Besoins en main-d’œuvre », by employment area."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from knowledge_base.geo.place import Place
from knowledge_base.places.entities import Hiring
from knowledge_base.places.models import HiringRow, JobRomeRow
from knowledge_base.sources.catalogue import catalogue

WHOLE_REGION = "Normandie"


def recruiting(connection: Connection, place: Place | None, rome: str | None, limit: int = 5) -> list[Hiring]:
    """What employers mean to hire around a place: for a trade (ROME code), or the jobs most asked for when None.

    Jobs of the place's employment area; of all areas of its département, or of Normandie, added up when the place
    has no area. Secret numbers add nothing; a job that is secret everywhere keeps None.
    """
    query = select(HiringRow.__table__)
    if rome:
        query = query.where(HiringRow.job.in_(select(JobRomeRow.job).where(JobRomeRow.rome == rome)))
    if place is not None and area_of(place):
        query = query.where(HiringRow.area == area_of(place))
    elif place is not None and place.departement:
        query = query.where(HiringRow.departement == place.departement)
    rows = list(connection.execute(query))
    jobs: dict[str, list[Any]] = {}
    for row in rows:
        jobs.setdefault(row.job, []).append(row)
    found = [_added_up(items, place) for items in jobs.values()]
    return sorted(found, key=lambda item: (-(item.projects or 0), item.job))[:limit]


def area_of(place: Place) -> str | None:
    """The code of the employment area of a place."""
    return place.code if place.kind == "bassin" else place.bassin


def _added_up(rows: Sequence[Any], place: Place | None) -> Hiring:
    first = rows[0]
    if place is not None and area_of(place):
        area = f"bassin de {first.area_name}"
    else:
        area = place.name if place is not None and place.departement else WHOLE_REGION
    projects, hard, seasonal = (_total([getattr(row, name) for row in rows]) for name in ("projects", "hard", "seasonal"))
    credit = catalogue()[first.source].credit(date(first.year, 1, 1))
    return Hiring(area, first.job_name, first.year, projects, hard, seasonal, credit)


def _total(values: Sequence[int | None]) -> int | None:
    known = [value for value in values if value is not None]
    return sum(known) if known else None
