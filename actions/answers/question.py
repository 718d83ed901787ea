"""Any question: the needs found in the knowledge base, each answered; nothing found is said once, with what is near."""

from __future__ import annotations

from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import SMS_LENGTH, card_of, listed, reply_from, shorten, show, unique, view
from actions.fold import fold, has_word
from actions.need_reply import reply_to
from actions.place_reply import what_is_there
from actions.reply import CARDS_MAX, OFFER_PERSON, Reply
from actions.turn import Turn
from knowledge_base.search.needs.finder import Need

NEEDS_TOLD = {"web": 2, "sms": 1, "phone": 1}
DEFAULT_POINT = "definition"
FEW_WORDS, SHORT = 5, 8
TAUGHT = ("formation/", "metier/")


class ActionQuestion(AnswerAction):
    """One action for all that people ask of sheets."""

    intent = "question"

    def answer(self, turn: Turn) -> Reply:
        """The first reply; see `replies` for all of them."""
        return self.replies(turn)[0]

    def replies(self, turn: Turn) -> list[Reply]:
        """One reply a need, the surest first; what there is at a place, or what is near, when no sheet is sure."""
        needs = [need for need in needs_of(turn) if need is not None][: NEEDS_TOLD.get(turn.get("channel") or "web", 1)]
        there = what_is_there(turn) if needs_a_place(turn, needs) else None
        if there is not None and there.known:
            return [Reply(there.text, sms=there.sms, spoken=there.spoken, cards=show(turn, there.cards), topic=21)]
        told = [reply_to(turn, need, alone=place == 0) for place, need in enumerate(needs)]
        found = [reply for reply in told if reply is not None]
        if asks_neighbours(turn) and found:
            return [neighbours_of(turn)]
        return found or [self.not_found(turn)]

    def not_found(self, turn: Turn) -> Reply:
        """Says so once, with the nearest sheets and a person; said again, it gives way to the person."""
        times = (turn.get("misunderstood") or 0) + 1
        turn.set("misunderstood", times)
        reply = reply_from(turn.say("not_found" if times == 1 else "not_found_again"))
        near = [turn.kb.sheet(*key.split("/", 1)) for key in turn.found.near] if times == 1 else []
        reply.quick_replies = [view(sheet) for sheet in near if sheet is not None][:2]
        reply.understood, reply.handover, reply.command = False, 1, OFFER_PERSON
        return reply

    def asked(self, turn: Turn) -> str:
        """« CAP cuisine : le prix », for the advisor's summary."""
        ref = turn.get("sheet")
        return str(ref["title"]) if ref else turn.word("label_question")


def needs_of(turn: Turn) -> list[Any]:
    """What a button chose, else what the words ask; a bare place asks the last points again there."""
    if turn.is_button:
        ref = turn.get("sheet")
        point = turn.get("point") or DEFAULT_POINT
        turn.set("point", None)
        return [Need(f"{ref['kind']}/{ref['id']}", (point,), 1.0, asks=_asks(turn, ref, point))] if ref else []
    found = turn.found
    if _only_the_rhythm(turn):
        return [Need(str(turn.subject), ("where",), 1.0, asks=_asks(turn, turn.get("sheet"), "how"))]
    if found.follow_up and found.bare:
        return [_again(turn, need) for need in found.needs]
    return list(found.needs)


def _again(turn: Turn, need: Any) -> Any:
    last = tuple(turn.slots.get("points") or ())
    points = ("where",) if not last or "where" not in last else last
    return Need(need.sheet, points, need.sure, clause=need.clause)


def _asks(turn: Turn, ref: Any, point: str) -> tuple[str, ...]:
    """The first way of asking this point of a sheet."""
    sheet = turn.kb.sheet(ref["kind"], ref["id"])
    items = [item for item in sheet.questions if item.point == point] if sheet is not None else []
    return (items[0].asks[0],) if items else ()


def _only_the_rhythm(turn: Turn) -> bool:
    """« et en alternance ? » after a trade or a course asks where it is taught that way."""
    return "rhythm" in turn.changes and len(turn.words) <= FEW_WORDS and (turn.subject or "").startswith(TAUGHT)


def asks_neighbours(turn: Turn) -> bool:
    """« quels métiers proches ? », of the trade in mind."""
    return bool(turn.get("metier")) and has_word(fold(turn.text), *turn.table("words")["neighbours"])


def neighbours_of(turn: Turn) -> Reply:
    """Trades near the one in mind, with their cards."""
    trade = turn.get("metier")
    near = turn.kb.neighbours(trade["rome"][0]) if trade.get("rome") else []
    hits = unique([hit for hit in near if hit.title != trade["title"]])[:CARDS_MAX]
    if not hits:
        return reply_from(turn.say("neighbours_unknown", title=trade["title"]), handover=1)
    text = f"{turn.word('neighbours_lead', title=trade['title'])}\n{listed([hit.title for hit in hits])}"
    return Reply(text, sms=shorten(text, SMS_LENGTH), cards=show(turn, [card_of(hit) for hit in hits]), topic=7, handover=1)


def needs_a_place(turn: Turn, needs: list[Any]) -> bool:
    """Whether an establishment or « what there is there » may be meant: nothing surer names a sheet."""
    if turn.is_button:
        return False
    asked_for = len(turn.words) <= SHORT and not turn.found.named and "where" in turn.found.points
    return not needs or asked_for
