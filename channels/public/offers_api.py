"""`kind=offre` of the search: the places that offer a course, each with its offer."""

from __future__ import annotations

from channels.messages import Json
from knowledge_base.facade import KnowledgeBase
from knowledge_base.places.entities import OfferHit
from knowledge_base.places.offers import NEAR_KM


def offers_found(
    knowledge: KnowledgeBase, query: str, *, near: str | None, radius_km: float | None, rhythm: str | None, limit: int
) -> Json:
    """The courses that the words name, at their places, nearest first; or what the establishment that is named offers."""
    named = knowledge.find_places(query, limit=1)
    if named and named[0].why == "Par son numéro":
        hits = knowledge.taught_at(named[0].site.key)
        return {"query": query, "total": len(hits), "results": [result_of(hit, 1.0) for hit in hits[:limit]]}
    place = knowledge.find_place(near) if near else knowledge.find_place(query)
    found = knowledge.search(query, kind="formation", limit=1).results
    if not found:
        return {"query": query, "total": 0, "results": []}
    sheet = f"formation/{found[0].id}"
    page = knowledge.offers_of(sheet, place, rhythm=rhythm, near_km=radius_km or NEAR_KM, limit=limit)
    hits = [*page.hits, *([] if radius_km else page.nearest)]
    return {"query": query, "total": max(page.total, len(hits)), "results": [result_of(hit, found[0].score) for hit in hits]}


def result_of(hit: OfferHit, score: float) -> Json:
    """One element of `results`: the course's sheet, the place, the offer."""
    kind, _, name = (hit.sheet or "formation/").partition("/")
    result: Json = {
        "kind": kind,
        "level": "offre",
        "id": name or hit.site.key,
        "title": f"{hit.course}, {hit.site.name}",
        "score": round(score, 4),
        "rome": [],
        "url": f"/lieux/{hit.site.key}",
        "source": {"name": hit.credit.title, "url": hit.credit.url or None, "collected_on": hit.as_of.isoformat(),
                   "licence": hit.credit.licence},
        "place": hit.site.to_place(hit.distance_km),
        "offer": hit.to_offer(),
        "note": hit.note,
    }  # fmt: skip
    return result if hit.distance_km is None else result | {"distance_km": hit.distance_km}
