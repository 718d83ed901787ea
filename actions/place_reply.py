"""The places of a need: where a course is taught, which desk serves a commune, what there is at a place, who recruits there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from actions.fold import fold, has_word
from actions.places_reply import PlaceAnswer, desk_lines, hiring_lines, place_lines, place_words, places_found, sites_named
from actions.turn import Turn
from actions.understanding.places import known_place
from actions.understanding.rereading import tells_of_oneself
from actions.understanding.wish import diploma_said, wish_of
from knowledge_base.places.distance import distance_to
from knowledge_base.places.entities import SiteHit

TAUGHT = ("formation", "metier")
OF_PLACE = ("where", "contact", "hours", "date")
OF_DESK = ("where", "contact", "hours")
OF_TIME = ("date", "deadline")
# Set for the turn when a place that was said has nothing of what was asked: a person is proposed.
UNPLACED = "_unplaced"
# In a long message, a place is where somebody lives; in a few words it asks what there is there.
BRIEF, POINTS_ASKED = 9, 2
NEARBY_DESKS, PLACES_TOLD, NAMED_SITES = 3, 2, 3
# From here on, an establishment is named; from the second on, its kind is, and there are few of it.
NAMED_SITE, NAMED_KIND = 0.8, 0.45
DIPLOMA_WORDS = 2
REGION = "normandie"


def place_answer(turn: Turn, need: Any, sheet: Any, told: bool) -> PlaceAnswer | None:
    """The places that answer a need; None when none is asked for. `told`: the sheet has an answer without them."""
    place, here = known_place(turn), says_a_place(turn) and len(turn.words) <= BRIEF
    asked = set(need.points[:POINTS_ASKED]) & set(OF_PLACE)
    if sheet.kind == "metier" and "outlets" in need.points and place is not None:
        return hiring_lines(turn.runtime.voice, turn.kb.recruiting(place, sheet.rome[0] if sheet.rome else None))
    if sheet.kind in TAUGHT and ("where" in asked or here):
        return _courses(turn, sheet, need)
    if sheet.kind == "structure" and (asked or here or not told or _of_a_known_town(turn, sheet, place)):
        return _named_site(turn, NAMED_SITE) or _desk(turn, sheet, place)
    urgent = bool(turn.found.places) and f"{sheet.kind}/{sheet.id}" in turn.table("desks")["at_once"]
    if not (asked or here or urgent):
        return None
    site = None if urgent or tells_of_oneself(turn) else _named_site(turn, NAMED_SITE)
    return site or _at(turn, need, sheet, place, urgent or bool(asked & set(OF_DESK)) or not told)


def _at(turn: Turn, need: Any, sheet: Any, place: Any, desk_asked: bool) -> PlaceAnswer | None:
    """The desk for a sheet at a place; when the message names a place for which there is none, that is said."""
    at_a_date = need.points[0] in OF_TIME
    desk = _desk_for(turn, sheet, place) if place is not None and (desk_asked or not at_a_date) else None
    if desk is not None or not turn.found.places:
        return desk
    turn.set(UNPLACED, True)
    said = turn.word("places_nothing_there", title=sheet.title, **place_words(place))
    return PlaceAnswer(said, said, said, known=False)


def _of_a_known_town(turn: Turn, sheet: Any, place: Any) -> bool:
    """« et le cio ? » after the mission locale of Le Havre: the one of that town."""
    return place is not None and len(turn.words) <= BRIEF and turn.kb.site(f"structure/{sheet.id}") is None


def says_a_place(turn: Turn) -> bool:
    """Whether this message says where, or where not, or anywhere in the region."""
    return bool(turn.found.places or turn.found.away_from) or has_word(fold(turn.text), REGION)


def _courses(turn: Turn, sheet: Any, need: Any) -> PlaceAnswer | None:
    answers = [_course_at(turn, sheet, place) for place in _places(turn)]
    known = [answer for answer in answers if answer.known]
    if known:
        return _joined(known)
    return answers[0] if "where" in need.points else None


def _places(turn: Turn) -> Sequence[Any]:
    """The places that the message names (« Évreux ou Rouen »), else the one in mind, else none at all."""
    if turn.found.away_from and not turn.found.places:
        return [None]
    return turn.found.places[:PLACES_TOLD] or [known_place(turn)]


def _course_at(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer:
    wish, key, voice = wish_of(turn), f"{sheet.kind}/{sheet.id}", turn.runtime.voice
    page = turn.kb.offers_of(key, place, rhythm=wish.rhythm, boarding=wish.boarding, away_from=wish.away_from)
    diploma = diploma_said(turn)
    if not page.known and place is not None and diploma and _is_no_course(sheet):
        # « bac pro à L’Aigle » names no course: what there is of it there.
        return places_found(voice, turn.kb.places_at(place, level=diploma), diploma, place)
    if not (page.hits or page.nearest) and wish.rhythm:
        return _whatever_the_rhythm(turn, sheet, place)
    return place_lines(voice, page, sheet.title, place)


def _whatever_the_rhythm(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer:
    """No place is known for the rhythm that was asked: said, then those where it is taught otherwise."""
    voice, wish = turn.runtime.voice, wish_of(turn)
    page = turn.kb.offers_of(f"{sheet.kind}/{sheet.id}", place, boarding=wish.boarding, away_from=wish.away_from)
    found = place_lines(voice, page, sheet.title, place)
    if not found.known:
        return found
    said = voice.word("places_not_in_this_rhythm", rhythm=voice.word(f"rhythm_{wish.rhythm}"), **place_words(place))
    return replace(found, text=f"{said}\n{found.text}", sms=f"{said} {found.sms}", spoken=f"{said} {found.spoken}")


def _is_no_course(sheet: Any) -> bool:
    """« Bac pro (baccalauréat professionnel) »: a kind of diploma, not a course that somewhere teaches."""
    return len(fold(sheet.title.split("(")[0]).split()) <= DIPLOMA_WORDS


def _joined(answers: Sequence[PlaceAnswer]) -> PlaceAnswer:
    first = answers[0]
    text = "\n\n".join(dict.fromkeys(answer.text for answer in answers))
    cards = [card for answer in answers for card in answer.cards]
    return PlaceAnswer(text, first.sms, first.spoken, cards, first.numbered, first.more)


def _desk(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer | None:
    """This very desk; the one that serves the place named instead, when the sheet is another town's or every town's."""
    site, voice = turn.kb.site(f"structure/{sheet.id}"), turn.runtime.voice
    elsewhere = place is not None and turn.found.places and (site is None or site.commune_code != place.code)
    hits = (
        turn.kb.structures_near(place, sheet.data.type, NEARBY_DESKS) if place is not None and (elsewhere or site is None) else []
    )
    if hits:
        return desk_lines(voice, hits, place)
    if site is None or not site.commune:
        return None
    return sites_named(voice, [SiteHit(site, distance_to(site, place))])


def _desk_for(turn: Turn, sheet: Any, place: Any) -> PlaceAnswer | None:
    table = turn.table("desks")
    type_ = table["sheets"].get(f"{sheet.kind}/{sheet.id}") or next(
        (table["publics"][public] for public in sheet.publics if public in table["publics"]), None
    )
    hits = turn.kb.structures_near(place, type_, NEARBY_DESKS) if type_ else []
    return desk_lines(turn.runtime.voice, hits, place) if hits else None


def _named_site(turn: Turn, least: float) -> PlaceAnswer | None:
    """The establishment that the words name (« le lycée agricole de Coutances »); from `least` on."""
    named = [hit for hit in turn.kb.find_places(turn.text, NAMED_SITES) if hit.score >= least]
    best = [hit for hit in named if hit.score >= named[0].score]
    return sites_named(turn.runtime.voice, best) if best else None


def what_is_there(turn: Turn) -> PlaceAnswer | None:
    """« le lycée maritime », « bac pro à L'Aigle » when no sheet is meant: establishments, or what there is at a place."""
    site = _named_site(turn, NAMED_KIND)
    place, diploma = known_place(turn), diploma_said(turn)
    if site is not None or place is None or not diploma:
        return site
    return places_found(turn.runtime.voice, turn.kb.places_at(place, level=diploma), diploma, place)
