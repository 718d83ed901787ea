"""The places of a need: where a course is taught, which desk serves a commune, what there is at a place, who recruits there."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.course_places import course_places, keep_next
from actions.places_reply import PlaceAnswer, desk_lines, hiring_lines, place_words, places_found, sites_named
from actions.turn import Turn
from actions.understanding.place_ask import PlaceAsk, place_ask
from actions.understanding.places import known_place
from actions.understanding.rereading import says, tells_of_oneself
from actions.understanding.wish import diploma_said
from knowledge_base.places.distance import distance_to
from knowledge_base.places.entities import SiteHit

TAUGHT = ("formation", "metier")
OF_PLACE = ("where", "contact", "hours", "date")
OF_DESK = ("where", "contact", "hours")
OF_TIME = ("date", "deadline")
# Channels that tell one place at a time.
ONE_AT_A_TIME = ("sms", "phone")
# Desks that serve no sector of their own are told by distance; a MFR with what it teaches.
NEAREST, BY_COURSE = "places_desks_named", "mfr"
# Set for the turn when a place that was said has nothing of what was asked: a person is proposed.
UNPLACED = "_unplaced"
# Set when places were told.
PLACED = "_placed"
# In a long message, a place is where somebody lives; in a few words it asks what there is there.
BRIEF, POINTS_ASKED = 9, 2
NEARBY_DESKS, NAMED_SITES = 9, 3
# From here on, an establishment is named; from the second on, its kind is, and there are few of it: in a few words only, because
# of many words one is always that of a school (« dans la même banque à Caen »).
NAMED_SITE, NAMED_KIND = 0.8, 0.45


def place_answer(turn: Turn, need: Any, sheet: Any, told: bool) -> PlaceAnswer | None:
    """The places that answer a need; None when none is asked for. `told`: the sheet has an answer without them."""
    place, here = known_place(turn), says_a_place(turn) and len(turn.words) <= BRIEF
    asked = set(need.points[:POINTS_ASKED]) & set(OF_PLACE)
    if sheet.kind == "metier" and place is not None and ("outlets" in need.points or says(turn, "hiring")):
        return hiring_lines(turn.runtime.voice, turn.kb.recruiting(place, sheet.rome[0] if sheet.rome else None))
    if sheet.kind in TAUGHT and ("where" in asked or here):
        found = course_places(turn, sheet)
        return found if found.known or "where" in need.points else None
    desk = _of_a_desk(turn, need, sheet, place, asked=asked, here=here, told=told)
    if desk is not None and place is not None and turn.get("channel") in ONE_AT_A_TIME:
        key = f"{sheet.kind}/{sheet.id}"
        keep_next(turn, key, replace(PlaceAsk((place,)), start=place_ask(turn, key).start), desk)
    return desk


def _of_a_desk(
    turn: Turn, need: Any, sheet: Any, place: Any, *, asked: set[str], here: bool, told: bool
) -> PlaceAnswer | None:
    if sheet.kind == "structure" and (asked or here or not told or _of_a_known_town(turn, sheet, place)):
        site = None if place is not None and _names_a_desk(turn) else _named_site(turn, NAMED_SITE)
        return site or _desk(turn, sheet, place) or (_nothing(turn, sheet, place) if _places_said(turn) else None)
    urgent = _places_said(turn) and f"{sheet.kind}/{sheet.id}" in turn.table("desks")["at_once"]
    if not (asked or here or urgent):
        return None
    named = not (urgent or tells_of_oneself(turn)) and turn.kb.kinds_named(turn.text)
    site = _named_site(turn, NAMED_SITE) if named and not (place is not None and _names_a_desk(turn)) else None
    return site or _at(turn, need, sheet, place, urgent or bool(asked & set(OF_DESK)) or not told)


def _at(turn: Turn, need: Any, sheet: Any, place: Any, desk_asked: bool) -> PlaceAnswer | None:
    """The desk for a sheet at a place; when the message names a place for which there is none, that is said."""
    at_a_date = need.points[0] in OF_TIME
    desk = _desk_for(turn, sheet, place) if place is not None and (desk_asked or not at_a_date) else None
    return desk if desk is not None or not _places_said(turn) else _nothing(turn, sheet, place)


def _nothing(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer:
    """No place is known there for this sheet: said."""
    turn.set(UNPLACED, True)
    said = turn.word("places_nothing_there", title=sheet.title, **place_words(place))
    return PlaceAnswer(said, said, said, known=False)


def _of_a_known_town(turn: Turn, sheet: Any, place: Any) -> bool:
    """« et le cio ? » after the mission locale of Le Havre: the one of that town."""
    return place is not None and len(turn.words) <= BRIEF and turn.kb.site(f"structure/{sheet.id}") is None


def _places_said(turn: Turn) -> bool:
    return bool(turn.mentions.of("asked", "lived"))


def of_another_town(turn: Turn, sheet: str) -> bool:
    """Whether a sheet (`kind/id`) is a desk of another town than those that the message names."""
    said = {place.code for place in turn.mentions.of("asked", "lived", kind="commune")}
    site = turn.kb.site(sheet) if said and sheet.startswith("structure/") else None
    return site is not None and bool(site.commune_code) and site.commune_code not in said


def says_a_place(turn: Turn) -> bool:
    """Whether this message says where, or where not, or anywhere in the region."""
    return bool(turn.mentions.named) or turn.mentions.region


def _desk(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer | None:
    """This very desk; the one that serves the place named instead, when the sheet is another town's or every town's."""
    site, kinds = turn.kb.site(f"structure/{sheet.id}"), _kinds_of_desk(turn, sheet)
    elsewhere = _places_said(turn) and (site is None or place is None or site.commune_code != place.code or bool(kinds))
    if place is not None and (elsewhere or site is None):
        found = _desk_for(turn, sheet, place)
        if found is not None:
            return found
    if site is None or not site.commune:
        return None
    return sites_named(turn.runtime.voice, [SiteHit(site, distance_to(site, place))])


def _kinds_of_desk(turn: Turn, sheet: Any) -> list[tuple[str, ...]]:
    """The kinds of desk that the words name; none when the sheet is that of another kind."""
    kinds, own = _names_a_desk(turn), _type_of(turn, sheet)
    return kinds if sheet.kind != "structure" or any(own in types for types in kinds) else []


def _names_a_desk(turn: Turn) -> list[tuple[str, ...]]:
    """The kinds of desk that the words name; not those of schools, which are found by what they teach."""
    schools = turn.table("desks")["schools"]
    return [types for types in turn.kb.kinds_named(turn.text) if types[0] not in schools]


def _type_of(turn: Turn, sheet: Any) -> str | None:
    """The type of the desks that go with a sheet, or with its public."""
    table = turn.table("desks")
    own = table["sheets"].get(f"{sheet.kind}/{sheet.id}") or (sheet.data.type if sheet.kind == "structure" else None)
    return own or next((table["publics"][public] for public in sheet.publics if public in table["publics"]), None)


def _desk_for(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer | None:
    """The desks that go with a sheet, nearest first; of several kinds that the words name, the nearest of each."""
    voice, kinds, start = turn.runtime.voice, _kinds_of_desk(turn, sheet), place_ask(turn, f"{sheet.kind}/{sheet.id}").start
    if len(kinds) > 1:
        nearest = [hit for types in kinds for hit in turn.kb.structures_near(place, types, 1)]
        return desk_lines(voice, nearest, place, head=voice.word(NEAREST, **place_words(place))) if nearest else None
    types = kinds[0] if kinds else _type_of(turn, sheet)
    first = types if isinstance(types, str) else (types or ("",))[0]
    if first == BY_COURSE:
        page = turn.kb.places_at(place, kinds=(BY_COURSE,))
        return places_found(voice, page, sheet.title, place, start=start)
    hits = turn.kb.structures_near(place, types, NEARBY_DESKS) if types else []
    head = "" if first in turn.table("desks")["territorial"] else voice.word(NEAREST, **place_words(place))
    return desk_lines(voice, hits, place, start=start, head=head) if hits else None


def _named_site(turn: Turn, least: float) -> PlaceAnswer | None:
    """The establishment that the words name (« le lycée agricole de Coutances »); from `least` on."""
    named = [hit for hit in turn.kb.find_places(turn.text, NAMED_SITES) if hit.score >= least]
    best = [hit for hit in named if hit.score >= named[0].score]
    return sites_named(turn.runtime.voice, best) if best else None


def what_is_there(turn: Turn) -> PlaceAnswer | None:
    """« le lycée maritime », « bac pro à L'Aigle » when no sheet is meant: establishments, or what there is at a place."""
    place, diploma = known_place(turn), diploma_said(turn)
    site = _nearest_of_a_kind(turn, place) or _named_site(turn, NAMED_KIND if len(turn.words) <= BRIEF else NAMED_SITE)
    if site is not None or place is None or not diploma:
        return site
    return places_found(turn.runtime.voice, turn.kb.places_at(place, level=diploma), diploma, place)


def _nearest_of_a_kind(turn: Turn, place: Any) -> PlaceAnswer | None:
    """« école de production la plus proche de Dieppe »: when the town has none, the nearest of them."""
    kinds = [types for types in turn.kb.kinds_named(turn.text) if types[0] in turn.table("place_question")["schools_of_a_kind"]]
    if place is None or not kinds or not _places_said(turn):
        return None
    hits = turn.kb.structures_near(place, kinds[0][:1], NEARBY_DESKS)
    if not hits or any(hit.site.commune_code == place.code for hit in hits):
        return None
    return desk_lines(turn.runtime.voice, hits, place, head=turn.word(NEAREST, **place_words(place)))
