"""The text of an answer of place, as data: web, SMS and spoken forms, cards, and how many places are left.

What finds places is `knowledge_base.facade.KnowledgeBase` (offers_of, places_at, structure_for, recruiting); what is
said about them is in `sentences/lieux.yml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from actions.compose import shorten
from actions.fold import fold
from actions.understanding.place_words import place_fields
from actions.voice import Voice
from knowledge_base.geo.place import Place
from knowledge_base.places.credit import Credit
from knowledge_base.places.entities import Hiring, OfferHit, OfferPage, Site, SiteHit, SitePage

SMS_LENGTH, SHOWN, COURSES_SHOWN, JOBS_SPOKEN = 300, 3, 4, 3
# « 91, rue de NEUFCHATEL » would be spelt letter by letter on the phone.
_SHOUTED = re.compile(r"\b[A-ZÀ-Þ]{4,}\b")


@dataclass(frozen=True)
class PlaceAnswer:
    """One answer. `shown` of the `numbered` places stand on a page; `left` counts those after the first."""

    text: str
    sms: str
    spoken: str
    cards: list[dict[str, Any]] = field(default_factory=list)
    numbered: tuple[Site, ...] = ()
    shown: int = 0
    left: int = 0
    known: bool = True


@dataclass(frozen=True)
class Line:
    """One place in words: where it is, what goes with it, its card and where that was read; `beyond`: further than asked."""

    site: Site
    distance_km: float | None
    details: tuple[str, ...]
    card: dict[str, Any]
    credits: tuple[tuple[Credit, int], ...]
    beyond: bool = False


@dataclass(frozen=True)
class Heads:
    """How an answer begins: on the web, and in the half sentence that a place ends (« BTS banque, le plus proche : »)."""

    text: str
    brief: str
    notes: tuple[str, ...] = ()


def place_lines(
    voice: Voice, page: OfferPage, title: str, place: Place | None = None, *, start: int = 0, notes: Sequence[str] = ()
) -> PlaceAnswer:
    """Where a course is taught: the nearest places from `start` on, then how many more; or the nearest anywhere, said so."""
    near, beyond = _by_site(page.hits, title, place), _by_site(page.nearest, title, place, beyond=True)
    beyond = [line for line in beyond if line.site.key not in {own.site.key for own in near}]
    if not (near or beyond):
        said = voice.word("places_unknown", title=title)
        return PlaceAnswer(said, said, said, known=False)
    further = max(0, page.total - len(page.hits))
    heads = _heads(voice, len(near) + further, len(beyond), title, place, start)
    asides = [voice.word("places_leads")] if (page.hits or page.nearest)[0].leads else []
    asides += [voice.word("places_boarding_unknown")] if page.boarding_unknown else []
    whole = replace(heads, notes=(*notes, *asides))
    return _answer(voice, whole, [*near, *beyond], further=further, start=start)


def towns_lines(voice: Voice, pages: Sequence[tuple[Place, OfferPage]], title: str, each: int) -> PlaceAnswer:
    """« Évreux ou Rouen »: under each town its nearest places, a place once."""
    told: set[str] = set()
    sections: list[tuple[str, list[Line]]] = []
    for place, page in pages:
        lines = [line for line in _by_site(page.hits, title, place) if line.site.key not in told][:each]
        told |= {line.site.key for line in lines}
        if lines or not page.hits:
            sections.append((place_words(place)["near"], lines))
    lines = [line for _, lines in sections for line in lines]
    written, number = [], 0
    for near, own in sections:
        written.append(voice.word("places_town" if own else "places_town_none", near=f"{near[:1].upper()}{near[1:]}"))
        written += [f"{number + place}. {_written(voice, line)}" for place, line in enumerate(own, start=1)]
        number += len(own)
    text = "\n".join([f"{title} :", *written, *_tail(voice, lines, 0), *_sources(voice, lines)])
    brief = " ; ".join(_in_a_town(voice, near, own) for near, own in sections)
    spoken = " ".join(f"{near[:1].upper()}{near[1:]}." for near in (_in_a_town(voice, *section) for section in sections))
    cards = [line.card for line in lines]
    return PlaceAnswer(text, shorten(f"{_short(title)} : {brief}.", SMS_LENGTH), f"{_short(title)} : {spoken}", cards,
                       tuple(line.site for line in lines), shown=len(lines))  # fmt: skip


def _in_a_town(voice: Voice, near: str, lines: Sequence[Line]) -> str:
    if not lines:
        return voice.word("places_town_none", near=near).rstrip(".")
    site = lines[0].site
    return ", ".join(part for part in (near, site.name, site.address, site.commune) if part)


def place_words(place: Place | None) -> dict[str, str]:
    """« à Évreux », « près d’Évreux » and « d’Évreux », « dans l’Orne » thrice; empty words without a place."""
    slot = {"name": place.name, "code": place.code, "kind": place.kind} if place else None
    fields = {"at": "", "near": ""} | place_fields(slot)
    return fields | {"of": fields["near"].removeprefix("près ")}


def places_found(voice: Voice, page: SitePage, what: str, place: Place, *, start: int = 0) -> PlaceAnswer:
    """What there is at a place: each establishment with the courses that were asked for."""
    hits = page.hits or page.nearest
    if not hits:
        said = voice.word("places_at_unknown", what=what, **place_words(place))
        return PlaceAnswer(said, said, said, known=False)
    key = "places_at_some" if page.hits else "places_at_none"
    head = voice.word(key, what=what, nearest=_nearest(voice, len(hits)), **place_words(place))
    further = max(0, page.total - len(hits)) if page.hits else 0
    found = _answer(voice, Heads(head, head), _of_sites(hits, place), further=further, start=start)
    listed = [", ".join((hit.site.name, *_courses(hit.offers)[:1])) for hit in _apart(hits)[start:]]
    return replace(found, sms=shorten(f"{head} {' ; '.join(listed)}.", SMS_LENGTH), spoken=f"{head} {'. '.join(listed[:2])}.")


def desk_lines(voice: Voice, hits: Sequence[SiteHit], place: Place, *, start: int = 0, head: str = "") -> PlaceAnswer:
    """The desk that serves a place, with its address; then the next nearest. `head`: what is said before them instead."""
    head = head or voice.word("places_desk_covers" if hits[0].covers else "places_desk_near", **place_words(place))
    lines, said = _of_sites(hits, place), f"{head[:1].upper()}{head[1:]}"
    return replace(_answer(voice, Heads(said, said), lines[: start + SHOWN], start=start), left=max(0, len(lines) - start - 1))


def sites_named(voice: Voice, hits: Sequence[SiteHit], *, start: int = 0) -> PlaceAnswer:
    """The establishments that were named, with how to reach them."""
    head = voice.word("places_named_one" if len(hits) == 1 else "places_named")
    return _answer(voice, Heads(head, head), _of_sites(hits, None), start=start)


def hiring_lines(voice: Voice, found: Sequence[Hiring]) -> PlaceAnswer:
    """How many people employers mean to hire, by job, with the year and the area of the survey."""
    if not found:
        said = voice.word("recruiting_none")
        return PlaceAnswer(said, said, said, known=False)
    first = found[0]
    head = voice.word("recruiting_some", year=first.year, area=first.area, source=first.credit.publisher)
    lines = [_hiring_line(voice, item) for item in found]
    spoken = f"{head} {'. '.join(lines[:JOBS_SPOKEN])}."
    return PlaceAnswer("\n".join([head, *(f"- {line}" for line in lines)]), shorten(spoken, SMS_LENGTH), spoken)


def _hiring_line(voice: Voice, item: Hiring) -> str:
    if item.projects is None:
        return voice.word("recruiting_secret", job=item.job)
    line = voice.word("recruiting_line", job=item.job, count=item.projects)
    return f"{line}, {voice.word('recruiting_hard', share=item.hard_share)}" if item.hard_share is not None else line


def _heads(voice: Voice, near: int, beyond: int, title: str, place: Place | None, start: int) -> Heads:
    where = place_words(place)
    if start:
        words = voice.word("places_next_head", title=title, **where)
        return Heads(words, voice.word("places_next_head", title=_short(title), **where))
    if not near:
        head = voice.word("places_none_near", title=title, nearest=_nearest(voice, min(beyond, SHOWN)), **where)
        return Heads(head, voice.word("places_none_brief", title=_short(title), **where))
    scope = "places_here" if where["near"] else "places_region"
    brief = voice.word(f"{scope}_brief", title=_short(title), **where)
    if near == 1:
        return Heads(voice.word(f"{scope}_one", title=title, **where), brief)
    head = voice.word(scope, title=title, count=f"{near} lieux", **where)
    return Heads(head if where["near"] or near <= SHOWN else f"{head} {voice.word('places_region_ask')}", brief)


def _short(title: str) -> str:
    """« Licence STAPS (sciences et techniques…) » → « Licence STAPS », « Expert / Experte en cyber » → « Expert en cyber »."""
    first, _, second = title.split(" (")[0].partition(" / ")
    return " ".join([first, *second.split()[len(first.split()) :]])


def _nearest(voice: Voice, count: int) -> str:
    return voice.word("places_nearest_one" if count == 1 else "places_nearest_some")


def _answer(voice: Voice, heads: Heads, lines: Sequence[Line], *, further: int = 0, start: int = 0) -> PlaceAnswer:
    """The lines from `start` on; `further` counts the places that were not even read."""
    shown = lines[start : start + SHOWN] or lines[:SHOWN]
    written = [f"{start + number}. {_written(voice, line)}" for number, line in enumerate(shown, start=1)]
    first_beyond = next((place for place, line in enumerate(shown) if line.beyond), 0)
    if first_beyond:
        written.insert(first_beyond, voice.word("places_beyond"))
    left = max(0, sum(not line.beyond for line in lines) + further - start - len(shown)) if not shown[-1].beyond else 0
    text = "\n".join([heads.text, *heads.notes, *written, *_tail(voice, shown, left), *_sources(voice, shown)])
    return PlaceAnswer(
        text,
        sms=_sms(voice, heads, shown[0]),
        spoken=_spoken(voice, heads, shown[0]),
        cards=[line.card for line in shown],
        numbered=tuple(line.site for line in lines[start:]),
        shown=len(shown),
        left=max(0, len(lines) - start - 1) + further,
    )


def _tail(voice: Voice, lines: Sequence[Line], left: int) -> list[str]:
    tail = [voice.word("places_further" if left > 1 else "places_further_one", count=left)] if left else []
    return [*tail, voice.word("places_crow")] if any(line.distance_km for line in lines) else tail


def _written(voice: Voice, line: Line) -> str:
    """« Lycée Georges Baptiste, 41 route de Duclair, 76380 Canteleu (à 54 km) ; CAP pâtissier ; proposé en 2022… »."""
    site = line.site
    where = ", ".join(part for part in (site.name, _calm(site.address), site.town_line) if part)
    distance = _distance(voice, line.distance_km, "places_distance")
    return " ; ".join([where + (f" ({distance})" if distance else ""), *_facts(voice, site), *line.details])


def site_line(voice: Voice, hit: SiteHit, place: Place) -> str:
    """One place with its address and how far it is, in half a sentence."""
    return _written(voice, _of_sites([hit], place)[0])


def _calm(address: str) -> str:
    return _SHOUTED.sub(lambda found: found.group().capitalize(), address)


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


def _sms(voice: Voice, heads: Heads, line: Line) -> str:
    """One place: its name, its town and its address in the first sentence, then what goes with it."""
    site = line.site
    distance = _distance(voice, line.distance_km, "places_distance")
    old = voice.word("places_address_year", year=site.address_year) if site.address_year else ""
    town = f"{site.town_line} ({distance})" if distance else site.town_line
    first = ", ".join(part for part in (site.name, _calm(site.address), town) if part)
    after = ", ".join(part for part in (*_boarding(voice, site), site.phone, old, *line.details) if part)
    more = f" {after[:1].upper()}{after[1:]}." if after else ""
    return shorten(" ".join([f"{heads.brief} {first}.", *heads.notes]) + more, SMS_LENGTH)


def _boarding(voice: Voice, site: Site) -> list[str]:
    return [voice.word("places_boarding")] if site.has_boarding else []


def _spoken(voice: Voice, heads: Heads, line: Line) -> str:
    """One place: name, address, town, distance; no web address, no list."""
    distance = _distance(voice, line.distance_km, "places_distance_spoken")
    site = line.site
    where = ", ".join(part for part in (site.name, _calm(site.address), site.commune, distance) if part)
    old = [voice.word("places_address_year", year=site.address_year)] if site.address_year else []
    details = "".join(f" {detail[:1].upper()}{detail[1:]}." for detail in (*_boarding(voice, site), *old, *line.details))
    return " ".join([f"{heads.brief} {where}.{details}", *heads.notes])


def _sources(voice: Voice, lines: Sequence[Line]) -> list[str]:
    said: dict[str, str] = {}
    for credit, year in (item for line in lines for item in line.credits):
        if credit.title:
            publisher = credit.publisher or credit.url
            line = voice.word("places_as_of", title=credit.title, publisher=publisher, date=year).replace(" ()", "")
            said.setdefault(credit.title, " ".join(part for part in (line, credit.attribution) if part))
    return list(said.values())


def _by_site(hits: Sequence[OfferHit], title: str, place: Place | None, *, beyond: bool = False) -> list[Line]:
    """A line a place, whatever it teaches of what was asked, in the order of the hits."""
    sites: dict[tuple[str, str], list[OfferHit]] = {}
    for hit in hits:
        sites.setdefault((fold(hit.site.address or hit.site.name), hit.site.commune_code or hit.site.key), []).append(hit)
    return [_offers_line(own, title, place, beyond) for own in sites.values()]


def _offers_line(hits: Sequence[OfferHit], title: str, place: Place | None, beyond: bool) -> Line:
    alone = len(hits) == 1
    courses = [part for hit in hits[:COURSES_SHOWN] if (part := _course(hit, title, alone=alone))]
    notes = dict.fromkeys(hit.note for hit in hits[:COURSES_SHOWN] if hit.note)
    credits = tuple((hit.credit, hit.as_of.year) for hit in hits[:COURSES_SHOWN])
    return Line(hits[0].site, _told_distance(hits[0].distance_km, place), (*filter(None, [", ".join(courses)]), *notes),
                offer_card(hits[0]), credits, beyond)  # fmt: skip


def _told_distance(km: float | None, place: Place | None) -> float | None:
    """No distance from the middle of a département."""
    return km if place is None or place.kind == "commune" else None


def _course(hit: OfferHit, title: str, *, alone: bool) -> str:
    rhythms = [_RHYTHMS[name] for name in hit.rhythms if name != "initial"]
    rhythm = "" if not rhythms else ("au lycée ou " if "initial" in hit.rhythms else "") + " ou ".join(rhythms)
    course = "" if alone and fold(hit.course) in (fold(title), fold(_short(title))) else hit.course
    return " ".join(part for part in (course, rhythm) if part)


_RHYTHMS = {"apprentissage": "en apprentissage", "continue": "en formation continue", "distance": "à distance"}


def _of_sites(hits: Sequence[SiteHit], place: Place | None) -> list[Line]:
    return [
        Line(hit.site, _told_distance(hit.distance_km, place), _courses(hit.offers), site_card(hit), _credits(hit))
        for hit in _apart(hits)
    ]


def _apart(hits: Sequence[SiteHit]) -> list[SiteHit]:
    """One of each: what two lists say of one place (its name, or its kind and its address) is told once, the newest."""
    kept: dict[tuple[str, str], SiteHit] = {}
    for hit in hits:
        town = hit.site.commune_code or hit.site.key
        names = [(fold(hit.site.name), town), (fold(f"{hit.site.type} {hit.site.address or hit.site.key}"), town)]
        same = next((kept[name] for name in names if name in kept), hit)
        best = max(same, hit, key=lambda one: (len(one.offers), one.site.as_of))
        kept.update(dict.fromkeys([*names, *(name for name, other in kept.items() if other is same)], best))
    return list(dict.fromkeys(kept.values()))


def _credits(hit: SiteHit) -> tuple[tuple[Credit, int], ...]:
    shown = [(offer.credit, offer.as_of.year) for offer in hit.offers[:COURSES_SHOWN]]
    return (*shown, (hit.site.credit, hit.site.as_of.year))


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
