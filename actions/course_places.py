"""Where a course, or the courses of a trade, are taught: of the one that was asked, near the places that were named."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from actions.compose import SMS_LENGTH, joined, shorten
from actions.fold import fold
from actions.places_reply import PlaceAnswer, desk_lines, place_lines, place_words, places_found, site_line, towns_lines
from actions.turn import Turn
from actions.understanding.place_ask import PlaceAsk, place_ask
from knowledge_base.places.entities import OfferPage

# All places of a course are read: they are put together by establishment.
ALL = 200
# Around each of several towns; how many places of each are told.
IN_TOWN_KM, OF_EACH, OF_MANY, ASKED_IN = 25.0, 3, 2, 2
NEIGHBOURS = 3
# « Coiffeur » and « coiffure » begin alike.
SAME_BEGINNING = 5
# The diploma that a trade requires begins so: what else leads to it is not where it is learnt.
REQUIRED = ("de-", "certificat-de-capacite", "diplome-d-osteopathe", "diplome-d-ingenieur-")
# Up to this level is learnt after the 3e.
BEFORE_BAC, PUPILS, PUPIL_AGE = 4, ("6e", "5e", "4e", "3e"), 15
# What a CFA may prepare, whatever the trade.
IN_A_CFA = ("cap ", "bac pro ", "bp ", "brevet professionnel ", "titre ", "diplome d etat d aide soignant")
LYCEES = ("lycee", "lycee_pro", "lycee_agricole")
PAST_BAC = ("1re", "terminale", "bac", "bac+1", "bac+2", "bac+3", "bac+5")


def course_places(turn: Turn, sheet: Any) -> PlaceAnswer:
    """The places of a course or a trade, as the message asks for them."""
    key = f"{sheet.kind}/{sheet.id}"
    ask = place_ask(turn, key)
    found = _told(turn, sheet, ask)
    keep_next(turn, key, ask, found)
    return found


def keep_next(turn: Turn, key: str, ask: PlaceAsk, found: PlaceAnswer) -> None:
    """Keeps what « suivant » will ask, when places are left: a page is read on the web, one place elsewhere."""
    step = found.shown if turn.get("channel") in (None, "web") else 1
    if found.known and found.left > step - 1:
        turn.set("expecting", ask.to_slot(key, ask.start + step))


def _told(turn: Turn, sheet: Any, ask: PlaceAsk) -> PlaceAnswer:
    if ask.options and (found := _with_an_option(turn, ask)) is not None:
        return found
    courses = courses_of(turn, sheet, ask.diploma)
    return _as_asked(turn, sheet, courses, ask) or _otherwise(turn, sheet, courses, ask)


def _with_an_option(turn: Turn, ask: PlaceAsk) -> PlaceAnswer | None:
    """The lycées that teach the first of the options that is known around."""
    scope = _scope(turn, ask)
    pages = ((word, turn.kb.places_at(scope, kinds=LYCEES, words=word)) for word in ask.options if scope is not None)
    word, page = next((item for item in pages if item[1].hits or item[1].nearest), ("", None))
    if page is None:
        return None
    head = turn.word("places_with_option" if page.hits else "places_with_option_near", option=word, **place_words(scope))
    return desk_lines(turn.runtime.voice, [replace(hit, offers=()) for hit in page.hits or page.nearest], scope, head=head)


def _as_asked(turn: Turn, sheet: Any, courses: list[str], ask: PlaceAsk) -> PlaceAnswer | None:
    """The places near each town that was named, else near the first, else the nearest anywhere; None without any."""
    voice, title = turn.runtime.voice, _title(turn, sheet, courses)
    if len(ask.towns) > 1:
        around = [replace(ask, towns=(town,), near_km=IN_TOWN_KM, departement=None) for town in ask.towns]
        pages = [(one.place, _page(turn, courses, one)) for one in around]
        if any(page.hits for _, page in pages):
            return towns_lines(voice, pages, title, OF_MANY if len(pages) > 2 else OF_EACH)
    page = _page(turn, _first_diplomas(turn, sheet, courses, ask), ask)
    if not (page.hits or page.nearest or ask.rhythm):
        page = _page(turn, courses, ask)
    if not (page.hits or page.nearest):
        return None
    if ask.boarding and not page.boarding_unknown:
        title = turn.word("places_with_boarding", title=title)
    found = place_lines(voice, page, title, _scope(turn, ask), start=ask.start)
    if page.hits or ask.start:
        return found
    return _begun_with(found, "", _nearer_without_boarding(turn, courses, ask) or _ask_there(turn, sheet, ask))


def _nearer_without_boarding(turn: Turn, courses: list[str], ask: PlaceAsk) -> str:
    """The nearest place of which nobody says whether it has a boarding house, when those that have one are far."""
    page = _page(turn, courses, replace(ask, boarding=None)) if ask.boarding else None
    hit = page.hits[0] if page is not None and page.hits else None
    return turn.word("places_nearer_unlodged", site=f"{hit.site.name}, {hit.site.town_line}") if hit is not None else ""


def _title(turn: Turn, sheet: Any, courses: list[str]) -> str:
    """Of what the places are: the course; a trade that is learnt by studies of another name says so."""
    if sheet.kind != "metier":
        return str(sheet.title)
    held = [turn.kb.sheet(*key.split("/", 1)) for key in courses if key.startswith("formation/")]
    titles = [str(course.title) for course in held if course is not None]
    if len(titles) == 1:
        return titles[0]
    begin, taught = _beginnings(sheet.title, *sheet.also), _beginnings(*titles)
    return str(sheet.title) if begin & taught or not titles else turn.word("places_studies", title=sheet.title)


def _beginnings(*names: str) -> set[str]:
    return {word[:SAME_BEGINNING] for name in names for word in fold(name).split() if len(word) >= SAME_BEGINNING}


def _first_diplomas(turn: Turn, sheet: Any, courses: list[str], ask: PlaceAsk) -> list[str]:
    """Of a trade, the diplomas by which one begins: not the BTS of a cook, unless somebody is already past the bac."""
    if sheet.kind != "metier" or ask.diploma or turn.get("level") in PAST_BAC:
        return courses
    levels = {key: held.data.level for key in courses if (held := turn.kb.sheet(*key.split("/", 1))) and held.kind == "formation"}
    first = next((level for level in levels.values() if level), None)
    return [key for key in courses if first is None or (levels.get(key) or first) <= first + 1]


def _scope(turn: Turn, ask: PlaceAsk) -> Any:
    return ask.place or (turn.kb.place(ask.departement) if ask.departement else None)


def courses_of(turn: Turn, sheet: Any, diploma: str | None) -> list[str]:
    """The course itself; of a trade those that make it: the diploma it requires, the one that was said, those of one's class."""
    if sheet.kind != "metier":
        return [f"formation/{sheet.id}"]
    access = sheet.data.access
    held = [course for name in (access.formations if access else ()) if (course := turn.kb.sheet("formation", name)) is not None]
    kept = [course for course in held if course.id.startswith(REQUIRED)] or held
    if diploma:
        kept = [course for course in held if f"{fold(course.title)} ".startswith(f"{diploma} ")] or kept
    elif _is_a_pupil(turn):
        kept = [course for course in kept if (course.data.level or 0) <= BEFORE_BAC] or kept
    return [f"formation/{course.id}" for course in kept] or [f"metier/{sheet.id}"]


def _is_a_pupil(turn: Turn) -> bool:
    return turn.get("level") in PUPILS or turn.get("public") == "collegien" or (turn.get("age") or PUPIL_AGE + 1) <= PUPIL_AGE


def _page(turn: Turn, courses: list[str], ask: PlaceAsk) -> OfferPage:
    page: OfferPage = turn.kb.offers_of(
        courses[0] if len(courses) == 1 else courses, ask.place, rhythm=ask.rhythm, boarding=ask.boarding,
        departement=ask.departement, away_from=ask.away, near_km=ask.near_km, limit=ALL,
    )  # fmt: skip
    return page


def _otherwise(turn: Turn, sheet: Any, courses: list[str], ask: PlaceAsk) -> PlaceAnswer:
    """None as it was asked: in another rhythm, where it was refused, what else there is of the diploma, or its neighbours."""
    for changed, note in ((replace(ask, rhythm=None), "places_not_in_this_rhythm"), (replace(ask, away=()), "places_only_away")):
        found = _as_asked(turn, sheet, courses, changed) if changed != ask else None
        if found is not None:
            said = turn.word(note, title=sheet.title, rhythm=_rhythm(turn, ask))
            return _begun_with(found, said, _ask_there(turn, sheet, ask))
    scope = _scope(turn, ask)
    if scope is not None and ask.diploma and f"formation/{sheet.id}" in turn.table("place_question")["kinds_of_course"]:
        # « bac pro à L’Aigle » names no course: what there is of it there.
        what = sheet.title.split(" (")[0]
        return places_found(turn.runtime.voice, turn.kb.places_at(scope, level=ask.diploma), what, scope, start=ask.start)
    return _neighbours(turn, sheet, courses, ask)


def _rhythm(turn: Turn, ask: PlaceAsk) -> str:
    return turn.word(f"rhythm_{ask.rhythm}") if ask.rhythm else ""


def _begun_with(found: PlaceAnswer, said: str, after: str) -> PlaceAnswer:
    """The same with a sentence before it, and another behind it unless it stands there already."""
    after = "" if after in found.text else after
    text, spoken = "\n".join(filter(None, [said, found.text, after])), " ".join(filter(None, [said, found.spoken, after]))
    sms = shorten(" ".join(filter(None, [said, found.sms, after])), SMS_LENGTH)
    return replace(found, text=text, sms=sms, spoken=spoken)


def _ask_there(turn: Turn, sheet: Any, ask: PlaceAsk) -> str:
    """The CFA of the trade’s sector that is nearest: whom to ask, when nobody is known to teach it that way."""
    trade = sheet if sheet.kind == "metier" else next((turn.kb.sheet("metier", name) for name in sheet.data.trades), None)
    rules, own = turn.table("sector_sites"), f"{sheet.kind}/{sheet.id}"
    of_trade = (rules.get(f"metier/{trade.id}") or rules.get(trade.data.sector)) if trade is not None else None
    rule = rules.get(own) or (of_trade if sheet.kind == "metier" or fold(sheet.title).startswith(IN_A_CFA) else None)
    if rule is None or ask.rhythm not in (None, "apprentissage"):
        return ""
    scopes = ask.towns[:ASKED_IN] or filter(None, [_scope(turn, ask)])
    found = [(hit, scope) for scope in scopes if (hit := _nearest_of(turn, rule, scope)) is not None]
    hits = {hit.site.key: (hit, scope) for hit, scope in reversed(found)}
    lines = [site_line(turn.runtime.voice, *item) for item in reversed(hits.values())]
    return turn.word("places_ask_there", site=" ; ".join(lines)) if lines else ""


def _nearest_of(turn: Turn, rule: dict[str, Any], scope: Any) -> Any:
    hits = turn.kb.structures_near(scope, rule["types"], ALL)
    return next((hit for hit in hits if any(words in fold(hit.site.name) for words in rule["words"])), None)


def _neighbours(turn: Turn, sheet: Any, courses: list[str], ask: PlaceAsk) -> PlaceAnswer:
    """None is known in Normandy: said, with whom to ask and the neighbouring courses that are taught there, named as such."""
    others = [(key, title) for key, title in _near_courses(turn, sheet) if key not in courses]
    near = [title for key, title in others if turn.kb.offers_of(key, None, limit=1).known]
    unknown = turn.word("places_unknown", title=sheet.title)
    there = _ask_there(turn, sheet, ask)
    beside = turn.word("places_neighbours", neighbours=joined(near[:NEIGHBOURS])) if near else ""
    last = "" if there or beside else turn.word("places_ask_somebody")
    said = " ".join(filter(None, [unknown, there, beside, last]))
    return PlaceAnswer(said, said, said, known=False)


def _near_courses(turn: Turn, sheet: Any) -> list[tuple[str, str]]:
    trades = [sheet] if sheet.kind == "metier" else [turn.kb.sheet("metier", name) for name in sheet.data.trades]
    held = [trade.data.access for trade in trades if trade is not None and trade.data.access]
    names = dict.fromkeys(name for access in held for name in access.formations)
    found = [(name, course) for name in names if (course := turn.kb.sheet("formation", name)) is not None]
    return [(f"formation/{name}", course.title.split(" (")[0]) for name, course in found]
