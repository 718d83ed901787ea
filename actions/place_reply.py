"""The places of a need: where a course is taught, which desk serves a commune, what there is at a place, who recruits there."""

from __future__ import annotations

from typing import Any

from actions.places_reply import PlaceAnswer, desk_lines, hiring_lines, place_lines, places_found
from actions.turn import Turn
from actions.understanding.places import known_place
from actions.understanding.wish import diploma_said, wish_of
from knowledge_base.places.distance import distance_to
from knowledge_base.places.entities import SiteHit

TAUGHT = ("formation", "metier")
OF_PLACE = ("where", "contact", "hours", "date")
NEARBY_DESKS = 3
# From here on, an establishment is named and not only its kind.
NAMED_SITE = 0.8


def place_answer(turn: Turn, need: Any, sheet: Any, told: bool) -> PlaceAnswer | None:
    """The places that answer a need; None when none is asked for. `told`: the sheet has an answer without them."""
    place, here = known_place(turn), bool(turn.found.places)
    asked = set(need.points) & set(OF_PLACE)
    if sheet.kind == "metier" and "outlets" in need.points and place is not None:
        return hiring_lines(turn.runtime.voice, turn.kb.recruiting(place, sheet.rome[0] if sheet.rome else None))
    if sheet.kind in TAUGHT and ("where" in need.points or (here and not asked - {"where"})):
        return _courses(turn, sheet, place)
    if sheet.kind == "structure":
        return _desk(turn, sheet, place)
    if asked or (here and not told):
        return _named_site(turn, place) or (_desk_for(turn, sheet, place) if place is not None else None)
    return None


def _named_site(turn: Turn, place: Any) -> PlaceAnswer | None:
    """The establishment that the words name (« le lycée agricole de Coutances »)."""
    named = turn.kb.find_places(turn.text, 1)
    if not named or named[0].score < NAMED_SITE:
        return None
    return desk_lines(turn.runtime.voice, named, place or turn.kb.place(named[0].site.commune_code))


def _courses(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer | None:
    wish = wish_of(turn)
    key = f"{sheet.kind}/{sheet.id}"
    page = turn.kb.offers_of(key, place, rhythm=wish.rhythm, boarding=wish.boarding, away_from=wish.away_from)
    answer = place_lines(turn.runtime.voice, page, sheet.title, place)
    return answer if answer.known or "where" in turn.found.points else None


def _desk(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer | None:
    """This very desk, or for a sheet of all desks of a type the one that serves the place."""
    site = turn.kb.site(f"structure/{sheet.id}")
    if site is not None and (site.address or site.commune):
        hit = SiteHit(site, distance_to(site, place))
        return desk_lines(turn.runtime.voice, [hit], place or turn.kb.place(site.commune_code))
    if place is None:
        return None
    hits = turn.kb.structures_near(place, sheet.data.type, NEARBY_DESKS)
    return desk_lines(turn.runtime.voice, hits, place) if hits else None


def _desk_for(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer | None:
    table = turn.table("desks")
    type_ = table["sheets"].get(f"{sheet.kind}/{sheet.id}") or next(
        (table["publics"][public] for public in sheet.publics if public in table["publics"]), None
    )
    hits = turn.kb.structures_near(place, type_, NEARBY_DESKS) if type_ else []
    return desk_lines(turn.runtime.voice, hits, place) if hits else None


def what_is_there(turn: Turn) -> PlaceAnswer | None:
    """« bac pro à L'Aigle », « le lycée agricole de Coutances »: an establishment, or what there is at a place."""
    place = known_place(turn)
    site = _named_site(turn, place)
    if site is not None:
        return site
    diploma = diploma_said(turn)
    if place is None or not diploma:
        return None
    page = turn.kb.places_at(place, level=diploma)
    return places_found(turn.runtime.voice, page, diploma, place)
