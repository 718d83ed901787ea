"""Where a course is taught, and what is taught at a place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, select

from knowledge_base.geo.place import Place
from knowledge_base.models import SheetRow
from knowledge_base.places.directory import Directory
from knowledge_base.places.distance import away, distance_to, within
from knowledge_base.places.entities import OfferHit, OfferPage, Site
from knowledge_base.places.models import CourseRow, CourseSheetRow, OfferRow
from knowledge_base.redirects import resolve
from knowledge_base.sources.catalogue import catalogue

NEAR_KM = 60.0
FAR_AWAY = 10_000.0


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


def offers_of(connection: Connection, directory: Directory, sheet: str, wish: Wish) -> OfferPage:
    """The places where the course of a sheet (« formation/… », or a trade's) is taught, nearest first."""
    known = _of_sheet(connection, directory, sheet, wish.place)
    asked = [hit for hit in known if _rhythm_fits(hit, wish.rhythm) and away(hit.site, wish.away_from)]
    lodged = [hit for hit in asked if hit.site.has_boarding] if wish.boarding else asked
    unknown = bool(wish.boarding and not lodged and asked)
    wanted = asked if unknown else lodged
    near = [hit for hit in wanted if _in_reach(hit.site, wish)]
    shown = tuple(near[wish.offset : wish.offset + wish.limit])
    beyond = [hit for hit in wanted if not _in_reach(hit.site, wish)][: max(0, wish.limit - len(near))]
    return OfferPage(
        sheet=sheet,
        hits=shown,
        total=len(near),
        known=len(known),
        nearest=tuple(beyond),
        place_name=wish.place.name if wish.place else "",
        boarding_unknown=unknown,
    )


def _rhythm_fits(hit: OfferHit, rhythm: str | None) -> bool:
    return rhythm is None or rhythm in hit.rhythms


def _in_reach(site: Site, wish: Wish) -> bool:
    if wish.departement and site.departement != wish.departement:
        return False
    return wish.place is None or wish.departement is not None or within(site, wish.place, wish.near_km)


def _of_sheet(connection: Connection, directory: Directory, sheet: str, place: Place | None) -> list[OfferHit]:
    sheets = sheets_asked(connection, sheet)
    links = select(CourseSheetRow.course, CourseSheetRow.sheet, CourseSheetRow.relation).where(CourseSheetRow.sheet.in_(sheets))
    found = connection.execute(links).all()
    # A first year that leads to many diplomas only counts where no place of the diploma itself is known.
    for relation in ("est", "mene"):
        courses = {row.course: row.sheet for row in found if row.relation == relation}
        hits = _grouped(_rows(connection, OfferRow.course.in_(courses)), directory, place, leads=relation == "mene")
        if hits:
            return nearest_first(replace(hit, sheet=hit.sheet or sheet) for hit in hits)
    return []


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
    return _grouped(rows, directory, place, sheet_of=lambda course: sheets.get(course, ""))


def _sheets_by_course(connection: Connection, courses: set[str]) -> dict[str, str]:
    links = select(CourseSheetRow.course, CourseSheetRow.sheet).where(
        CourseSheetRow.course.in_(courses), CourseSheetRow.relation == "est"
    )
    return {row.course: row.sheet for row in connection.execute(links.order_by(CourseSheetRow.sheet.desc()))}


def _no_sheet(_course: str) -> str:
    return ""


def _grouped(rows: list[Any], directory: Directory, place: Place | None, *, leads: bool = False,
             sheet_of: Callable[[str], str] = _no_sheet) -> list[OfferHit]:  # fmt: skip
    """One hit for a label at a site: rhythms of all sources together, the newest source is the one that is cited."""
    groups: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for row in rows:
        if row.site in directory.by_key:
            groups[(row.site, row.label)].append(row)
    return [_hit(directory.by_key[key], found, place, leads, sheet_of) for (key, _), found in groups.items()]


def _hit(site: Site, rows: list[Any], place: Place | None, leads: bool, sheet_of: Callable[[str], str]) -> OfferHit:
    newest = max(rows, key=lambda row: (row.as_of, row.source))
    credit = catalogue()[newest.source].credit(newest.as_of)
    return OfferHit(
        site=site,
        course=newest.label,
        sheet=sheet_of(newest.course),
        rhythms=tuple(sorted({row.rhythm for row in rows}, key=("initial", "apprentissage", "continue", "distance").index)),
        as_of=newest.as_of,
        credit=credit,
        distance_km=distance_to(site, place),
        detail=newest.detail,
        capacity=newest.capacity,
        diploma=newest.diploma,
        note=credit.note,
        leads=leads,
    )
