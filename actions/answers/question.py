"""Any question: the needs found in the knowledge base, each answered; nothing found is said once, with what is near."""

from __future__ import annotations

from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import reply_from, show, view
from actions.hiring_reply import hiring_there
from actions.knowledge import ref_of
from actions.near_trades import asks_neighbours, neighbours_of, shorter_asked, shorter_than_it
from actions.need_reply import reply_to
from actions.place_reply import of_another_town, what_is_there
from actions.reply import OFFER_PERSON, Reply
from actions.turn import Turn
from actions.understanding.rereading import AWAITS_SUBJECT, need_of, reread
from knowledge_base.answering import field_answer
from knowledge_base.search.needs.finder import Need

NEEDS_TOLD = {"web": 3, "sms": 2, "phone": 2}
DEFAULT_POINT = "definition"
SHORT = 8
AWAITED = ("where", "outlets")


class ActionQuestion(AnswerAction):
    """One action for all that people ask of sheets."""

    intent = "question"

    def answer(self, turn: Turn) -> Reply:
        """The first reply; see `replies` for all of them."""
        return self.replies(turn)[0]

    def replies(self, turn: Turn) -> list[Reply]:
        """One reply a need, the surest first; what there is at a place, or what is near, when no sheet is sure."""
        found = [need for need in needs_of(turn) if need is not None]
        # The desk of another town than the one that is said is told only when nothing else is found: it leads to the right one.
        needs = [need for need in found if not of_another_town(turn, need.sheet)] or found
        needs = needs[: NEEDS_TOLD.get(turn.get("channel") or "web", 1)]
        if (whole := self._whole(turn, needs)) is not None:
            return [whole]
        there = what_is_there(turn) if needs_a_place(turn, needs) else None
        if there is not None and there.known:
            return [Reply(there.text, sms=there.sms, spoken=there.spoken, cards=show(turn, there.cards), topic=21)]
        told = [reply_to(turn, need, alone=place == 0) for place, need in enumerate(needs)]
        replies = [reply for reply in told if reply is not None]
        _go_on_about_the_first(turn, needs)
        _await_a_subject(turn)
        return replies or [self.not_found(turn)]

    def _whole(self, turn: Turn, needs: list[Any]) -> Reply | None:
        """An answer that is no sheet: who recruits there, trades near the one in mind or shorter to learn."""
        if shorter_asked(turn) and (shorter := shorter_than_it(turn)) is not None:
            return shorter
        if asks_neighbours(turn) and needs:
            return neighbours_of(turn)
        return hiring_there(turn, needs)

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
        return [_pressed(turn, f"{ref['kind']}/{ref['id']}", point)] if ref else []
    found = turn.found
    if found.follow_up and found.bare:
        return [_again(turn, need) for need in found.needs]
    return reread(turn, found.needs)


def _pressed(turn: Turn, key: str, point: str) -> Need:
    """A button asks a point in general: what the sheet's fields say of it, else its first question on it."""
    sheet = turn.kb.sheet(*key.split("/", 1))
    general = point != DEFAULT_POINT and sheet is not None and field_answer(sheet, point)
    return Need(key, (point,), 1.0) if general else need_of(turn, key, point)


def _again(turn: Turn, need: Any) -> Any:
    last = tuple(turn.slots.get("points") or ())
    points = ("where",) if not last or "where" not in last else last
    return Need(need.sheet, points, need.sure, clause=need.clause)


def needs_a_place(turn: Turn, needs: list[Any]) -> bool:
    """Whether an establishment or « what there is there » may be meant: nothing surer names a sheet."""
    if turn.is_button:
        return False
    asked_for = len(turn.words) <= SHORT and not turn.found.named and "where" in turn.found.points and not _is_of_place(needs)
    return not needs or asked_for


def _is_of_place(needs: list[Any]) -> bool:
    """Whether a question of place was read: its course or trade is known."""
    return bool(needs) and needs[0].named and needs[0].points[:1] == ("where",)


def _go_on_about_the_first(turn: Turn, needs: list[Any]) -> None:
    """« et c’est payé combien » is asked of what came first, not of what was told beside it."""
    first = turn.kb.sheet(*needs[0].sheet.split("/", 1)) if len(needs) > 1 else None
    if first is not None:
        turn.focus(ref_of(first))
        turn.set("points", list(needs[0].points))


def _await_a_subject(turn: Turn) -> None:
    """« y a quoi comme formation à Cherbourg » names a place and no subject: the one named next is asked there."""
    found = turn.found
    about_nothing = not turn.is_button and not found.named and not found.follow_up
    if about_nothing and found.places and found.points[:1] and found.points[0] in AWAITED:
        turn.set("expecting", {"what": AWAITS_SUBJECT, "point": found.points[0]})
