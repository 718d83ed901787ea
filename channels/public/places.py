"""Where a course is taught, as a list beside a map, and the page of one place. Nothing here asks a third party."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse

from channels.web.knowledge import Knowledge
from channels.web.limiting import address_of, spend
from channels.web.pages import render
from channels.web.rate_limits import SEARCHES
from knowledge_base.facade import KnowledgeBase
from knowledge_base.geo.map import Pin, region_map
from knowledge_base.geo.place import Place
from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import OfferHit, OfferPage, Site
from knowledge_base.search.wishes import rhythm_of

router = APIRouter(include_in_schema=False)
LISTED = 60
ANYWHERE_KM = 1_000.0
Sheet = Annotated[str, Query(max_length=140, description="Une fiche : formation/cap-patissier.")]
Near = Annotated[str, Query(max_length=100)]


@dataclass(frozen=True, slots=True)
class Listed:
    """One numbered place of a list: what it is, what it offers there, how far it is."""

    number: int
    site: Site
    distance_km: float | None
    offers: list[OfferHit]


@router.get("/lieux", response_class=HTMLResponse)
def course_places(request: Request, knowledge: Knowledge, fiche: Sheet = "", pres: Near = "", rythme: Near = "") -> HTMLResponse:
    """The places of a course, nearest first, on a map and in a list."""
    spend(request, SEARCHES, address_of(request))
    kind, _, name = fiche.partition("/")
    sheet = knowledge.sheet(kind, name) if name else None
    if sheet is None:
        return render(request, "missing.html", title="Cette fiche n'existe pas ou n'existe plus", status=404)
    place = knowledge.find_place(pres) if pres else None
    listed = listed_places(knowledge, fiche, place, rhythm_of(rythme) if rythme else None)
    title = f"Où se former : {sheet.title}"
    return render(request, "places.html", title=title, sheet=sheet, place=place, asked=pres, listed=listed,
                  map=map_of(listed, place), credits=credits_of(listed))  # fmt: skip


@router.get("/lieux/{key}", response_class=HTMLResponse)
def one_place(request: Request, knowledge: Knowledge, key: str) -> HTMLResponse:
    """One place: how to reach it, what it teaches, and where each fact comes from."""
    spend(request, SEARCHES, address_of(request))
    site = knowledge.site(key)
    if site is None:
        return render(request, "missing.html", title="Ce lieu n'existe pas ou n'existe plus", status=404)
    offers = knowledge.taught_at(site.key)
    listed = [Listed(1, site, None, offers)]
    return render(request, "place.html", title=site.name, site=site, offers=offers, map=map_of(listed, None),
                  credits=credits_of(listed))  # fmt: skip


def listed_places(knowledge: KnowledgeBase, fiche: str, place: Place | None, rhythm: str | None) -> list[Listed]:
    """The places of a course, one entry a place, numbered in order."""
    page: OfferPage = knowledge.offers_of(fiche, place, rhythm=rhythm, near_km=ANYWHERE_KM, limit=LISTED)
    grouped: dict[str, list[OfferHit]] = {}
    for hit in (*page.hits, *page.nearest):
        grouped.setdefault(hit.site.key, []).append(hit)
    return [Listed(number, hits[0].site, hits[0].distance_km, hits) for number, hits in enumerate(grouped.values(), start=1)]


def map_of(listed: Sequence[Listed], place: Place | None) -> str:
    """The map of the places that have a point; the list beside it says the same in words."""
    pins = [Pin(item.number, f"{item.site.name}, {item.site.commune}", item.site.lat, item.site.lon) for item in listed
            if item.site.lat is not None and item.site.lon is not None]  # fmt: skip
    here = (place.lat, place.lon) if place and place.lat is not None and place.lon is not None else None
    return region_map(pins, here=here, title="Carte de la Normandie ; la liste qui suit dit les mêmes lieux")


def credits_of(listed: Sequence[Listed]) -> list[Credit]:
    """Whom the facts of a page are due to, each once, with the notice that its licence asks for."""
    found: dict[str, Any] = {}
    for item in listed:
        for credit in (*(offer.credit for offer in item.offers), item.site.credit):
            found.setdefault(credit.title, credit)
    return [credit for title, credit in found.items() if title]
