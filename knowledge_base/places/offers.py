"""Where a course is taught, and what is taught at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from knowledge_base.geo.place import Place
from knowledge_base.models import SheetRow
from knowledge_base.places.directory import Directory
from knowledge_base.places.distance import away, distance_to
from knowledge_base.places.entities import OfferHit, OfferPage, Site
from knowledge_base.places.models import CourseRow, CourseSheetRow, OfferRow
from knowledge_base.redirects import resolve
from knowledge_base.sources.catalogue import catalogue

NEAR_KM = 60.0
FAR_AWAY = 10_000.0
RHYTHMS = ("initial", "apprentissage", "continue", "distance")


@dataclass(frozen=True)
class Wish:
    """What is asked of the places of a course. `departement` keeps one, `away_from` leaves places out."""

    place: Place | None = None
    rhythm: str | None = None
    boarding: bool | None = None
    departement: str | None = None
    away_from: Sequence[Place] = ()
    near_km: float = NEAR_KM
    limit: int = 3
    offset: int = 0


@dataclass(frozen=True, slots=True)
class _Found:
    """One course at one site: the rows of all sources that say so. Turned into an OfferHit only when it is shown."""

    site: Site
    rows: list[Any]
    distance_km: float | None
    leads: bool


def offers_of(connection: Connection, directory: Directory, sheet: str | Sequence[str], wish: Wish) -> OfferPage:
    """The places where the course of a sheet (« formation/… », or a trade's), or of several, is taught, nearest first."""
    known, sheets = _of_sheet(connection, directory, sheet, wish.place)
    asked = [found for found in known if _rhythm_fits(found, wish.rhythm) and away(found.site, wish.away_from)]
    lodged = [found for found in asked if found.site.has_boarding] if wish.boarding else asked
    unknown = bool(wish.boarding and not lodged and asked)
    wanted = sorted(asked if unknown else lodged, key=_nearer)
    near = [found for found in wanted if _in_reach(found, wish)]
    beyond = [found for found in wanted if not _in_reach(found, wish)][: max(0, wish.limit - len(near))]
    return OfferPage(
        sheet=sheet if isinstance(sheet, str) else " ".join(sheet),
        hits=tuple(_hit(found, sheets[found.rows[0].course]) for found in near[wish.offset : wish.offset + wish.limit]),
        total=len(near),
        known=len(known),
        nearest=tuple(_hit(found, sheets[found.rows[0].course]) for found in beyond),
        place_name=wish.place.name if wish.place else "",
        boarding_unknown=unknown,
    )


def _rhythm_fits(found: _Found, rhythm: str | None) -> bool:
    return rhythm is None or any(row.rhythm == rhythm for row in found.rows)


def _nearer(found: _Found) -> tuple[float, int, str]:
    """By distance, then newest data, then name."""
    newest = max(row.as_of for row in found.rows)
    return FAR_AWAY if found.distance_km is None else found.distance_km, -newest.toordinal(), found.site.name


def _in_reach(found: _Found, wish: Wish) -> bool:
    place = wish.place
    if wish.departement or place is None:
        return wish.departement in (None, found.site.departement)
    if place.kind == "departement":
        return found.site.departement == place.code
    close = found.distance_km is not None and found.distance_km <= wish.near_km
    return close or found.site.commune_code == place.code


def _of_sheet(
    connection: Connection, directory: Directory, sheet: str | Sequence[str], place: Place | None
) -> tuple[list[_Found], dict[str, str]]:
    """The courses of a sheet at their sites, and the formation sheet of each course."""
    asked = [sheet] if isinstance(sheet, str) else sheet
    sheets = [one for each in asked for one in sheets_asked(connection, each)]
    links = select(CourseSheetRow.course, CourseSheetRow.sheet, CourseSheetRow.relation).where(CourseSheetRow.sheet.in_(sheets))
    linked = connection.execute(links).all()
    # A first year that leads to many diplomas only counts where no place of the diploma itself is known.
    for relation in ("est", "mene"):
        courses = {row.course: row.sheet for row in linked if row.relation == relation}
        found = _grouped(_rows(connection, OfferRow.course.in_(courses)), directory, place, leads=relation == "mene")
        if found:
            return found, courses
    return [], {}


def sheets_asked(connection: Connection, sheet: str) -> list[str]:
    """The formation sheets that a sheet stands for: itself, or those by which one gets into a trade."""
    sheet = resolve(sheet)
    kind, _, name = sheet.partition("/")
    if kind != "metier":
        return [sheet]
    query = select(SheetRow.data).where(SheetRow.kind == kind, SheetRow.id == name)
    data: dict[str, Any] = connection.execute(query).scalar() or {}
    return [resolve(f"formation/{item}") for item in (data.get("access") or {}).get("formations", [])]


def nearest_first(hits: Iterable[OfferHit]) -> list[OfferHit]:
    """By distance, then newest data, then name."""
    return sorted(hits, key=lambda hit: (FAR_AWAY if hit.distance_km is None else hit.distance_km, -hit.as_of.toordinal(),
                                         hit.site.name))  # fmt: skip


def _rows(connection: Connection, condition: Any) -> list[Any]:
    columns = (OfferRow.source, OfferRow.site, OfferRow.course, OfferRow.rhythm, OfferRow.detail, OfferRow.capacity,
               OfferRow.as_of, CourseRow.label, CourseRow.diploma, CourseRow.level)  # fmt: skip
    query = select(*columns).join(CourseRow, CourseRow.key == OfferRow.course).where(condition)
    return list(connection.execute(query))


def offers_at(connection: Connection, directory: Directory, keys: Sequence[str], place: Place | None) -> list[OfferHit]:
    """Everything that the sites of these keys offer."""
    rows = _rows(connection, OfferRow.site.in_(keys))
    sheets = _sheets_by_course(connection, {row.course for row in rows})
    return [_hit(found, sheets.get(found.rows[0].course, "")) for found in _grouped(rows, directory, place)]


def _sheets_by_course(connection: Connection, courses: set[str]) -> dict[str, str]:
    links = select(CourseSheetRow.course, CourseSheetRow.sheet).where(
        CourseSheetRow.course.in_(courses), CourseSheetRow.relation == "est"
    )
    return {row.course: row.sheet for row in connection.execute(links.order_by(CourseSheetRow.sheet.desc()))}


def _grouped(rows: list[Any], directory: Directory, place: Place | None, *, leads: bool = False) -> list[_Found]:
    """One of each label at a site, whatever the sources."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        if row.site in directory.by_key:
            groups[(row.site, row.label)].append(row)
    sites = {key: directory.by_key[key] for key, _ in groups}
    distances = {key: distance_to(site, place) for key, site in sites.items()}
    return [_Found(sites[key], found, distances[key], leads) for (key, _), found in groups.items()]


def _hit(found: _Found, sheet: str) -> OfferHit:
    """The newest source is the one that is cited; rhythms are those of all sources together."""
    newest = max(found.rows, key=lambda row: (row.as_of, row.source))
    credit = catalogue()[newest.source].credit(newest.as_of)
    return OfferHit(
        site=found.site,
        course=newest.label,
        sheet=sheet,
        rhythms=tuple(sorted({row.rhythm for row in found.rows}, key=RHYTHMS.index)),
        as_of=newest.as_of,
        credit=credit,
        distance_km=found.distance_km,
        detail=newest.detail,
        capacity=newest.capacity,
        diploma=newest.diploma,
        note=credit.note,
        leads=found.leads,
    )
