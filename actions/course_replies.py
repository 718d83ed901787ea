"""What is said of the courses that were found: offers near the place, or the diploma and where to look."""

from __future__ import annotations

from typing import Any

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
    if courses.total_offers > MANY and _can_narrow(turn):
        return _narrow(turn, focus, courses)
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
    if rhythm and (turn.slots.get("formation") or {}).get("id") == main.id:
        # « Et en apprentissage ? » : the rest was just told.
        parts = [rhythm, _where(turn)]
    else:
        parts = [headed(main, body), rhythm, _others(turn, focus, diplomas), _where(turn)]
    short = shorten(f"{headed(main, main.summary)} {_where(turn)}", SMS_LENGTH)
    return Reply(
        written(turn, main, *parts),
        sms=short,
        spoken=short,
        cards=_shown_diplomas(turn, focus, diplomas),
        quick_replies=_steps(turn, focus),
    )


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
    return Reply(
        text, sms=turn.say("course_no_offer_near").text, cards=show(turn, [card]), quick_replies=_steps(turn, focus), handover=1
    )


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


def _can_narrow(turn: Turn) -> bool:
    return not turn.get("narrowed") and any(turn.get(slot) is None for slot in ("level", "rhythm", "place"))


def _narrow(turn: Turn, focus: CourseFocus, courses: Courses) -> Reply:
    """Says how many there are; Rasa's form asks the questions that are still open."""
    turn.set("_followup", "course_form")
    return reply_from(turn.say("course_many", count=courses.total_offers, title=focus.ref["title"]))


def _steps(turn: Turn, focus: CourseFocus) -> list[QuickReply]:
    buttons = []
    if turn.get("rhythm") in (None, ANYTHING):
        buttons.append(ask(turn.word("course_in_apprenticeship"), "formation_chercher", rhythm="apprentissage", chosen=focus.ref))
    if focus.is_trade:
        buttons.append(ask(turn.word("label_metier_decouvrir_this"), "metier_decouvrir", chosen=focus.ref))
    return [*buttons, ask(turn.word("label_aides"), "aides")]


def _sheet(turn: Turn, item: Any) -> Any:
    return item if hasattr(item, "sections") else turn.kb.sheet(item.kind, item.id)
