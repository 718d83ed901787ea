"""What is said of the courses that were found: offers near the place, or the diploma and where to look."""

from __future__ import annotations

from typing import Any

from actions.answers.structure_trouver import find_button
from actions.compose import (
    SMS_LENGTH,
    SPELLED_OUT,
    card_of,
    headed,
    how_to_become,
    listed,
    reply_from,
    shorten,
    show,
    summed_up,
    view,
    written,
)
from actions.course_search import ANYTHING, CourseFocus, Courses
from actions.reply import QuickReply, Reply, ask
from actions.turn import Turn
from actions.understanding.places import place_name

LISTED = 4
MANY = 8


def courses_reply(turn: Turn, focus: CourseFocus, courses: Courses) -> Reply:
    """The best that can be said with what is known."""
    if not courses.diplomas and not courses.offers:
        return _nothing(turn, focus)
    if _too_many(focus, courses) and _can_narrow(turn):
        return _narrow(turn, focus, courses)
    if focus.domain:
        return _domain(turn, courses)
    if courses.offers:
        return _offers(turn, focus, courses)
    return _diplomas(turn, focus, courses)


def offer_reply(turn: Turn, sheet: Any) -> Reply:
    """One course at one place: who, where, when, as its sheet says."""
    text = written(turn, sheet, headed(sheet, summed_up(sheet, sections=6)), turn.word("course_check_dates"))
    short = shorten(headed(sheet, f"{sheet.summary} {sheet.subtitle}"), SMS_LENGTH)
    steps = [ask(turn.word("label_aides"), "aides")]
    return Reply(text, sms=short, spoken=short, cards=show(turn, [sheet.to_card()]), quick_replies=steps)


def _offers(turn: Turn, focus: CourseFocus, courses: Courses) -> Reply:
    shown = courses.offers[:LISTED]
    place = place_name(turn)
    key = "course_offers_near" if place else "course_offers"
    lead = turn.say(key, title=focus.ref["title"], place=place or "").text
    lines = [" – ".join(part for part in (hit.title, hit.subtitle or hit.place) if part) for hit in shown]
    more = turn.word("course_more", count=courses.total_offers - len(shown)) if courses.total_offers > len(shown) else ""
    text = written(turn, _sheet(turn, shown[0]), f"{lead}\n{listed(lines)}", more, turn.word("course_check_dates"))
    cards = show(turn, [card_of(item) for item in shown])
    main = [card_of(item) for item in courses.diplomas[:1]]
    return Reply(
        text,
        sms=shorten(f"{lead} {'; '.join(lines[:2])}", SMS_LENGTH),
        spoken=f"{lead} {lines[0]}",
        cards=[*main, *cards],
        quick_replies=_steps(turn, focus),
    )


def _diplomas(turn: Turn, focus: CourseFocus, courses: Courses) -> Reply:
    diplomas = courses.diplomas[:LISTED]
    if turn.changes.get("_only_place_is_new") and place_name(turn):
        return _elsewhere(turn, card_of(diplomas[0]), focus)
    main = _sheet(turn, diplomas[0])
    body = summed_up(main, without=[SPELLED_OUT]) if len(diplomas) == 1 or not focus.is_trade else main.summary
    rhythm = _rhythm(turn, main)
    if rhythm and _was_just_told(turn, focus, main):
        # « Et en apprentissage ? » : the rest was just told.
        parts = [rhythm, "" if place_name(turn) else _where(turn)]
    else:
        parts = [headed(main, body), rhythm, _others(turn, focus, diplomas), _where(turn)]
    short = shorten(f"{rhythm or headed(main, main.summary)} {_where(turn)}", SMS_LENGTH)
    return Reply(
        written(turn, main, *parts),
        sms=short,
        spoken=short,
        cards=_shown_diplomas(turn, focus, diplomas),
        quick_replies=_steps(turn, focus),
        handover=1 if place_name(turn) else 0,
    )


def _was_just_told(turn: Turn, focus: CourseFocus, main: Any) -> bool:
    in_mind = [(turn.slots.get(kind) or {}).get("id") for kind in ("formation", "metier")]
    asked_now = turn.slots.get("last_intent") == "formation_chercher"
    return main.id in in_mind or (asked_now and focus.ref["id"] in in_mind)


def _rhythm(turn: Turn, main: Any) -> str:
    """« Et en apprentissage ? » : whether the diploma is prepared that way, as far as its sheet knows."""
    wanted = turn.changes.get("rhythm")
    if wanted != "apprentissage":
        return ""
    key = "course_apprenticeship_yes" if wanted in main.data.rhythms else "course_apprenticeship_unknown"
    return turn.word(key, title=main.title)


def _elsewhere(turn: Turn, card: dict[str, Any], focus: CourseFocus) -> Reply:
    """« Et à Rouen ? » after the course was shown: only what is known there."""
    text = " ".join([turn.say("course_no_offer_near").text, turn.say("course_where_to_look").text])
    # What was numbered before (« la deuxième ») still is.
    short = turn.say("course_no_offer_near").text
    return Reply(text, sms=short, spoken=short, cards=[card], quick_replies=_steps(turn, focus), handover=1)


def _others(turn: Turn, focus: CourseFocus, diplomas: list[Any]) -> str:
    if len(diplomas) < 2 or not focus.is_trade:
        return ""
    return f"{turn.word('course_other_diplomas')}\n{listed([item.title for item in diplomas[1:]])}"


def _shown_diplomas(turn: Turn, focus: CourseFocus, diplomas: list[Any]) -> list[dict[str, Any]]:
    cards = [card_of(item) for item in diplomas]
    # What is numbered in the text (all but the first) is what « la première » points at.
    show(turn, cards[1:] if focus.is_trade and len(cards) > 1 else cards)
    return cards


def _where(turn: Turn) -> str:
    """Where it is taught: not known there, or the place is asked."""
    place = place_name(turn)
    if place:
        return turn.say("course_no_offer_near", place=place).text
    turn.set("expecting", {"what": "place", "intent": "formation_chercher"})
    return turn.say("course_ask_place").text


def _nothing(turn: Turn, focus: CourseFocus) -> Reply:
    said = turn.say("course_none", title=focus.ref["title"])
    reply = reply_from(said, quick_replies=_steps(turn, focus))
    trade = turn.kb.sheet("metier", focus.ref["id"]) if focus.is_trade else None
    if trade is not None and turn.changes.get("_only_place_is_new") and place_name(turn):
        return _elsewhere(turn, trade.to_card(), focus)
    if trade is not None and trade.data.access.diplomes:
        where = turn.say("course_where_to_look").text
        reply.text = written(turn, trade, f"{how_to_become(turn, trade)} {trade.data.access.diplomes}", _where(turn), where)
        reply.sms = reply.spoken = shorten(f"{how_to_become(turn, trade)} {trade.data.access.diplomes}", SMS_LENGTH)
        reply.cards = show(turn, [trade.to_card()])
    reply.handover = 1
    return reply


def _too_many(focus: CourseFocus, courses: Courses) -> bool:
    return courses.total_offers > MANY or (focus.domain is not None and len(courses.diplomas) > LISTED)


def _domain(turn: Turn, courses: Courses) -> Reply:
    """The diplomas of a domain, in order: each opens by its number."""
    shown = courses.diplomas[:LISTED]
    more = len(courses.diplomas) - len(shown)
    lines = [f"{sheet.title} ({sheet.data.duration.rstrip('.')})" if sheet.data.duration else sheet.title for sheet in shown]
    parts = [
        f"{turn.say('course_domain').text}\n{listed(lines)}",
        turn.word("course_domain_more", count=more) if more else "",
        _where(turn) if place_name(turn) else "",
    ]
    cards = show(turn, [sheet.to_card() for sheet in shown])
    short = shorten(f"{turn.say('course_domain').text}\n{listed([sheet.title for sheet in shown])}", SMS_LENGTH)
    buttons = [view(sheet) for sheet in shown[:3]]
    return Reply(written(turn, shown[0], *parts), sms=short, spoken=short, cards=cards, quick_replies=buttons)


def _can_narrow(turn: Turn) -> bool:
    return not turn.get("narrowed") and any(turn.get(slot) is None for slot in ("level", "rhythm", "place"))


def _narrow(turn: Turn, focus: CourseFocus, courses: Courses) -> Reply:
    """Says how many there are; Rasa's form asks the questions that are still open."""
    turn.set("_followup", "course_form")
    if focus.domain:
        return reply_from(turn.say("course_many_of_domain", count=len(courses.diplomas)))
    return reply_from(turn.say("course_many", count=courses.total_offers, title=focus.ref["title"]))


def _steps(turn: Turn, focus: CourseFocus) -> list[QuickReply]:
    buttons: list[QuickReply] = []
    if focus.domain:
        return _near_buttons(turn)
    if turn.get("rhythm") in (None, ANYTHING):
        buttons.append(ask(turn.word("course_in_apprenticeship"), "formation_chercher", rhythm="apprentissage", chosen=focus.ref))
    if focus.is_trade:
        buttons.append(ask(turn.word("label_metier_decouvrir_this"), "metier_decouvrir", chosen=focus.ref))
    # Where no school is known, who knows them comes before the aids.
    return [*buttons, *(_near_buttons(turn) or [ask(turn.word("label_aides"), "aides")])]


def _near_buttons(turn: Turn) -> list[QuickReply]:
    return [find_button(turn, "cio")] if place_name(turn) else []


def _sheet(turn: Turn, item: Any) -> Any:
    return item if hasattr(item, "sections") else turn.kb.sheet(item.kind, item.id)
