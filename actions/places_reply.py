"""The text of an answer of place, as data: web, SMS and spoken forms, cards, and how many places are left.

What finds places is `knowledge_base.facade.KnowledgeBase` (offers_of, places_at, structure_for, recruiting); what is
said about them is in `sentences/lieux.yml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from actions.compose import shorten
from actions.fold import fold
from actions.understanding.place_words import place_fields
from actions.voice import Voice
from knowledge_base.geo.place import Place
from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import Hiring, OfferHit, OfferPage, Site, SiteHit, SitePage

SMS_LENGTH, SHOWN, COURSES_SHOWN = 300, 3, 4


@dataclass(frozen=True)
class PlaceAnswer:
    """One answer. `numbered` are the places in order (« 2, 3 : les suivants »); `more` counts those not shown."""

    text: str
    sms: str
    spoken: str
    cards: list[dict[str, Any]] = field(default_factory=list)
    numbered: tuple[Site, ...] = ()
    more: int = 0
    known: bool = True


@dataclass(frozen=True)
class Line:
    """One place in words: `name`, where it is, and what goes with it."""

    site: Site
    distance_km: float | None
    details: tuple[str, ...] = ()


def place_lines(voice: Voice, page: OfferPage, title: str, place: Place | None = None) -> PlaceAnswer:
    """Where a course is taught: the nearest places, then how many more; or the nearest anywhere, said so."""
    hits = (*page.hits, *page.nearest)
    if not hits:
        said = voice.word("places_unknown", title=title)
        return PlaceAnswer(said, said, said, known=False)
    lines = [_offer_line(hit, title) for hit in hits]
    head = _head(voice, page, title, place_words(place))
    notes = [voice.word("places_boarding_unknown")] if page.boarding_unknown else []
    if hits[0].leads:
        notes.insert(0, voice.word("places_leads"))
    cards = [offer_card(hit) for hit in hits]
    credits = [(hit.credit, hit.as_of.year) for hit in hits]
    beyond = len(page.hits) if page.hits and page.nearest else 0
    return _answer(voice, head, lines, notes=notes, credits=credits, cards=cards, further=page.further, beyond=beyond)


def place_words(place: Place | None) -> dict[str, str]:
    """« à Évreux » and « près d’Évreux », « dans l’Orne » twice; empty words without a place."""
    slot = {"name": place.name, "code": place.code, "kind": place.kind} if place else None
    return {"at": "", "near": ""} | place_fields(slot)


def places_found(voice: Voice, page: SitePage, what: str, place: Place) -> PlaceAnswer:
    """What there is at a place: each establishment with the courses that were asked for."""
    hits = page.hits[:SHOWN] or page.nearest
    if not hits:
        said = voice.word("places_at_unknown", what=what, **place_words(place))
        return PlaceAnswer(said, said, said, known=False)
    key = "places_at_some" if page.hits else "places_at_none"
    head = voice.word(key, what=what, nearest=_nearest(voice, len(hits)), **place_words(place))
    lines = [Line(hit.site, hit.distance_km, _courses(hit.offers)) for hit in hits]
    cards = [site_card(hit) for hit in hits]
    further = max(0, page.total - len(hits)) if page.hits else 0
    return _answer(voice, head, lines, notes=[], credits=_credits(hits), cards=cards, further=further)


def desk_lines(voice: Voice, hits: Sequence[SiteHit], place: Place) -> PlaceAnswer:
    """The desk that serves a place, with its address; then the next nearest."""
    first = hits[0]
    key = "places_desk_covers" if first.covers else "places_desk_near"
    lines = [Line(hit.site, hit.distance_km) for hit in hits[:SHOWN]]
    head = voice.word(key, **place_words(place))
    cards = [site_card(hit) for hit in hits[:SHOWN]]
    return _answer(voice, head, lines, notes=[], credits=_credits(hits[:SHOWN]), cards=cards, further=0)


def sites_named(voice: Voice, hits: Sequence[SiteHit]) -> PlaceAnswer:
    """The establishments that were named, with how to reach them."""
    shown = hits[:SHOWN]
    head = voice.word("places_named_one" if len(shown) == 1 else "places_named")
    lines = [Line(hit.site, hit.distance_km, _courses(hit.offers)) for hit in shown]
    cards = [site_card(hit) for hit in shown]
    return _answer(voice, head, lines, notes=[], credits=_credits(shown), cards=cards, further=0)


def hiring_lines(voice: Voice, found: Sequence[Hiring]) -> PlaceAnswer:
    """How many people employers mean to hire, by job, with the year and the area of the survey."""
    if not found:
        said = voice.word("recruiting_none")
        return PlaceAnswer(said, said, said, known=False)
    first = found[0]
    head = voice.word("recruiting_some", year=first.year, area=first.area, source=first.credit.publisher)
    lines = [_hiring_line(voice, item) for item in found]
    spoken = f"{head} {lines[0]}."
    return PlaceAnswer("\n".join([head, *(f"- {line}" for line in lines)]), shorten(spoken, SMS_LENGTH), spoken)


def _hiring_line(voice: Voice, item: Hiring) -> str:
    if item.projects is None:
        return voice.word("recruiting_secret", job=item.job)
    line = voice.word("recruiting_line", job=item.job, count=item.projects)
    return f"{line}, {voice.word('recruiting_hard', share=item.hard_share)}" if item.hard_share is not None else line


def _head(voice: Voice, page: OfferPage, title: str, where: dict[str, str]) -> str:
    if not page.hits:
        return voice.word("places_none_near", title=title, nearest=_nearest(voice, len(page.nearest)), **where)
    scope = "places_here" if where["near"] else "places_region"
    if page.total == 1:
        return voice.word(f"{scope}_one", title=title, **where)
    head = voice.word(scope, title=title, count=f"{page.total} lieux", **where)
    return head if where["near"] or page.total <= SHOWN else f"{head} {voice.word('places_region_ask')}"


def _nearest(voice: Voice, count: int) -> str:
    return voice.word("places_nearest_one" if count == 1 else "places_nearest_some")


def _answer(
    voice: Voice,
    head: str,
    lines: Sequence[Line],
    *,
    notes: Sequence[str],
    credits: Sequence[tuple[Credit, int]],
    cards: list[dict[str, Any]],
    further: int,
    beyond: int = 0,
) -> PlaceAnswer:
    """`beyond`: after how many places come those that lie further away than what was asked (0: none does)."""
    written = [f"{number}. {_written(voice, line)}" for number, line in enumerate(lines, start=1)]
    if beyond:
        written.insert(beyond, voice.word("places_beyond"))
    tail = [voice.word("places_further" if further > 1 else "places_further_one", count=further)] if further else []
    if any(line.distance_km for line in lines):
        tail.append(voice.word("places_crow"))
    text = "\n".join([head, *notes, *written, *tail, *_sources(voice, credits)])
    following = len(lines) - 1 + further
    return PlaceAnswer(
        text,
        sms=_sms(voice, head, lines[0], following),
        spoken=_spoken(voice, head, lines[0], following),
        cards=cards,
        numbered=tuple(line.site for line in lines),
        more=further,
    )


def _written(voice: Voice, line: Line) -> str:
    """« Lycée Georges Baptiste, 41 route de Duclair, 76380 Canteleu (à 54 km) ; CAP pâtissier ; proposé en 2022… »."""
    site = line.site
    where = ", ".join(part for part in (site.address or voice.word("places_address_unknown"), site.town_line) if part)
    distance = _distance(voice, line.distance_km, "places_distance")
    head = f"{site.name}, {where}" + (f" ({distance})" if distance else "")
    return " ; ".join([head, *_facts(voice, site), *line.details])


def _facts(voice: Voice, site: Site) -> list[str]:
    facts = []
    if site.address_year:
        facts.append(voice.word("places_address_year", year=site.address_year))
    if site.has_boarding is not None:
        facts.append(voice.word("places_boarding" if site.has_boarding else "places_no_boarding"))
    if site.phone:
        facts.append(voice.word("places_phone", phone=site.phone))
    if site.hours:
        facts.append(voice.word("places_hours", hours=site.hours))
    return facts


def _distance(voice: Voice, km: float | None, key: str) -> str:
    if km is None:
        return ""
    return voice.word("places_distance_here") if km < 1.5 else voice.word(key, km=round(km))


def _sms(voice: Voice, head: str, line: Line, following: int) -> str:
    """One place in full, then how to see the next ones."""
    site = line.site
    where = ", ".join(part for part in (site.address, site.town_line) if part)
    old = voice.word("places_address_year", year=site.address_year) if site.address_year else ""
    distance = _distance(voice, line.distance_km, "places_distance")
    parts = [f"{site.name}, {where}", distance, old, site.phone, *line.details]
    more = voice.word("places_next_sms" if following > 1 else "places_next_sms_one") if following else ""
    room = SMS_LENGTH - len(more) - 1
    said = ", ".join(part for part in parts if part)
    return f"{shorten(f'{head} {said}.', room)} {more}".strip()


def _spoken(voice: Voice, head: str, line: Line, following: int) -> str:
    """One place: name, town, distance, address; no web address, no list."""
    distance = _distance(voice, line.distance_km, "places_distance_spoken")
    site = line.site
    where = ", ".join(part for part in (site.name, site.address, site.commune, distance) if part)
    old = [voice.word("places_address_year", year=site.address_year)] if site.address_year else []
    details = "".join(f" {detail[:1].upper()}{detail[1:]}." for detail in (*old, *line.details))
    more = f" {voice.word('places_next_spoken')}" if following else ""
    return f"{head} {where}.{details}{more}"


def _sources(voice: Voice, credits: Sequence[tuple[Credit, int]]) -> list[str]:
    said: dict[str, str] = {}
    for credit, year in credits:
        if credit.title:
            publisher = credit.publisher or credit.url
            line = voice.word("places_as_of", title=credit.title, publisher=publisher, date=year).replace(" ()", "")
            said.setdefault(credit.title, " ".join(part for part in (line, credit.attribution) if part))
    return list(said.values())


def _credits(hits: Sequence[SiteHit]) -> list[tuple[Credit, int]]:
    shown = [(offer.credit, offer.as_of.year) for hit in hits for offer in hit.offers[:COURSES_SHOWN]]
    return [*shown, *((hit.site.credit, hit.site.as_of.year) for hit in hits)]


def _offer_line(hit: OfferHit, title: str) -> Line:
    rhythms = [_RHYTHMS[name] for name in hit.rhythms if name != "initial"]
    rhythm = "" if not rhythms else ("au lycée ou " if "initial" in hit.rhythms else "") + " ou ".join(rhythms)
    course = "" if fold(hit.course) == fold(title) else hit.course
    return Line(hit.site, hit.distance_km, tuple(part for part in (course, rhythm, hit.note) if part))


_RHYTHMS = {"apprentissage": "en apprentissage", "continue": "en formation continue", "distance": "à distance"}


def _courses(offers: Sequence[OfferHit]) -> tuple[str, ...]:
    shown = [offer.course for offer in offers[:COURSES_SHOWN]]
    left = len(offers) - len(shown)
    notes = list(dict.fromkeys(offer.note for offer in offers[:COURSES_SHOWN] if offer.note))
    return (", ".join(shown) + (f" et {left} autres" if left > 0 else ""), *notes) if shown else ()


def offer_card(hit: OfferHit) -> dict[str, Any]:
    """The contract's card of a course at a place."""
    kind, _, name = (hit.sheet or "formation/").partition("/")
    card = _card(hit.site, hit.distance_km, title=hit.course, subtitle=f"{hit.site.name}, {hit.site.commune}", text=hit.note)
    url = f"/fiches/{kind}/{name}" if name else card["url"]
    return card | {"kind": "formation", "level": "offre", "id": name or hit.site.key, "url": url,
                   "source": _source(hit.credit, hit.as_of.isoformat())}  # fmt: skip


def site_card(hit: SiteHit) -> dict[str, Any]:
    """The contract's card of a place."""
    return _card(hit.site, hit.distance_km, title=hit.site.name, subtitle=hit.site.commune, text=hit.why)


def _card(site: Site, distance_km: float | None, *, title: str, subtitle: str, text: str) -> dict[str, Any]:
    place = site.to_place(distance_km)
    words = ", ".join(part for part in (site.address, site.town_line) if part)
    return {
        "kind": "structure",
        "id": site.sheet.removeprefix("structure/") or site.key,
        "title": title,
        "subtitle": subtitle,
        "text": " · ".join(part for part in (words, text) if part),
        "url": f"/fiches/{site.sheet}" if site.sheet else f"/lieux/{site.key}",
        "rome": [],
        "source": _source(site.credit, site.as_of.isoformat()),
        "place": place,
    }


def _source(credit: Credit, day: str) -> dict[str, Any]:
    return {"name": credit.title or credit.source, "url": credit.url or None, "collected_on": day}
