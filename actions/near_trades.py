"""Trades near the one in mind, and those among them that take shorter studies."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, card_of, listed, reply_from, shorten, show, unique
from actions.fold import fold, has_word
from actions.reply import CARDS_MAX, Reply
from actions.turn import Turn
from actions.understanding.rereading import says

TOPIC = 7
COURSES_READ = 20


def asks_neighbours(turn: Turn) -> bool:
    """« quels métiers proches ? », of the trade in mind."""
    return bool(turn.get("metier")) and has_word(fold(turn.text), *turn.table("words")["neighbours"])


def neighbours_of(turn: Turn) -> Reply:
    """Trades near the one in mind, with their cards."""
    trade = turn.get("metier")
    hits = near(turn, trade)
    if not hits:
        return reply_from(turn.say("neighbours_unknown", title=trade["title"]), handover=1)
    return _listed(turn, hits, turn.word("neighbours_lead", title=trade["title"]))


def shorter_asked(turn: Turn) -> bool:
    """« c’est trop long, y a plus court ? », of the trade in mind."""
    return (turn.subject or "").startswith("metier/") and turn.found.follow_up and says(turn, "shorter_studies")


def shorter_than_it(turn: Turn) -> Reply | None:
    """Near trades that are entered at a lower level of studies; None when none is known."""
    trade = turn.get("metier")
    level = _level(turn, trade["id"])
    hits = [hit for hit in near(turn, trade) if 0 < _level(turn, hit.id) < level]
    return _listed(turn, hits, turn.word("neighbours_shorter", title=trade["title"])) if hits else None


def near(turn: Turn, trade: Any) -> list[Any]:
    """Its neighbours by ROME code, else the trades that its sheet names."""
    found = turn.kb.neighbours(trade["rome"][0]) if trade.get("rome") else []
    sheet = turn.kb.sheet("metier", trade["id"])
    hits = found or ([hit for hit in turn.kb.related(sheet) if hit.kind == "metier"] if sheet is not None else [])
    return unique([hit for hit in hits if hit.title != trade["title"]])[:CARDS_MAX]


def _level(turn: Turn, trade: str) -> int:
    """The lowest level (3 to 8) of the courses that a trade's sheet names; 0 when none is known."""
    sheet = turn.kb.sheet("metier", trade)
    hits = turn.kb.related(sheet, COURSES_READ) if sheet is not None else []
    courses = [turn.kb.sheet("formation", hit.id) for hit in hits if hit.kind == "formation"]
    return min((course.data.level for course in courses if course is not None and course.data.level), default=0)


def _listed(turn: Turn, hits: list[Any], lead: str) -> Reply:
    text = f"{lead}\n{listed([hit.title for hit in hits])}"
    cards = show(turn, [card_of(hit) for hit in hits])
    return Reply(text, sms=shorten(text, SMS_LENGTH), cards=cards, topic=TOPIC, handover=1)
