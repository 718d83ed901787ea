"""The knowledge base as JSON, read-only."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request

from channels.errors import Invalid, NotFound
from channels.messages import Json
from channels.public.offers_api import offers_found
from channels.public.schemas import SearchModel
from channels.web.knowledge import Knowledge
from channels.web.limiting import address_of, spend
from channels.web.rate_limits import SEARCHES
from channels.web.sheet_links import links_of
from knowledge_base.hits import Hit
from knowledge_base.kinds import Kind
from knowledge_base.search.wishes import level_of, rhythm_of
from knowledge_base.sheet import Sheet

router = APIRouter(prefix="/api/kb", tags=["knowledge"])
Words = Annotated[str, Query(min_length=1, max_length=300, description="Ce que l'on cherche, comme on l'écrit.")]
Near = Annotated[str | None, Query(max_length=100, description="Commune, département ou intercommunalité.")]
Radius = Annotated[float | None, Query(gt=0, le=500, description="Rayon en kilomètres autour de « near ».")]
Level = Annotated[str | None, Query(max_length=40, description="Niveau d'une formation : 3 à 8, ou « CAP », « BTS »…")]
Rhythm = Annotated[str | None, Query(max_length=40, description="initial, apprentissage, continue ou distance.")]
Limit = Annotated[int, Query(ge=1, le=50)]


@router.get("/search", response_model=SearchModel, summary="Chercher une fiche")
def search(request: Request, knowledge: Knowledge, q: Words, kind: Kind | Literal["offre"] | None = None, near: Near = None,
           radius_km: Radius = None, level: Level = None, rhythm: Rhythm = None, limit: Limit = 10) -> Json:
    """Typing mistakes, missing accents, acronyms and feminine names are understood. `offre`: the places that teach a course."""
    spend(request, SEARCHES, address_of(request))
    wanted = {"level": _read(level, level_of, "niveau"), "rhythm": _read(rhythm, rhythm_of, "rythme")}
    if kind == "offre":
        return offers_found(knowledge, q, near=near, radius_km=radius_km, rhythm=wanted["rhythm"], limit=limit)
    page = knowledge.search(q, kind=kind, near=near, radius_km=radius_km, limit=limit, **wanted)
    return {"query": page.query, "total": page.total, "results": [result_of(hit) for hit in page.results]}


def _read(text: str | None, read: Callable[[str], Any], name: str) -> Any:
    found = read(text) if text else None
    if text and found is None:
        raise Invalid(f"Ce {name} n'est pas compris : {text}.")
    return found


@router.get("/{kind}/{sheet_id}", summary="Une fiche")
def sheet(request: Request, knowledge: Knowledge, kind: str, sheet_id: str) -> Json:
    """The whole sheet: its fields, and `sections` in reading order."""
    spend(request, SEARCHES, address_of(request))
    return sheet_json(found_sheet(knowledge, kind, sheet_id))


def found_sheet(knowledge: Any, kind: str, sheet_id: str) -> Sheet:
    """The sheet.

    Raises:
        NotFound: no such sheet, or it was retired.
    """
    found: Sheet | None = knowledge.sheet(kind, sheet_id)
    if found is None:
        raise NotFound("Cette fiche n'existe pas ou n'existe plus.")
    return found


def result_of(hit: Hit) -> Json:
    """One result; `place` and `distance_km` only when there are some."""
    result = hit.to_result()
    return {name: value for name, value in result.items() if value is not None or name not in ("place", "distance_km")}


def sheet_json(sheet: Sheet) -> Json:
    """The sheet's own fields, what its page shows, and its links."""
    sections = [{"heading": heading, "text": text} for heading, text in sheet.sections()]
    return {**sheet.model_dump(mode="json"), "url": sheet.url, "subtitle": sheet.subtitle, "place": sheet.place,
            "sections": sections, **links_of(sheet)}
