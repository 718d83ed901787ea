"""One need answered: the point asked first, in a sentence, then the sheet in short, then what helps next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.compose import SMS_LENGTH, card_of, expiry_note, headed, shorten, show, source_note
from actions.computed import computed
from actions.fold import fold
from actions.knowledge import ref_of
from actions.place_reply import TAUGHT, place_answer
from actions.reply import OFFER_PERSON, QuickReply, Reply, ask
from actions.telling import ANYTHING, Told, answerable, tell
from actions.turn import Turn
from knowledge_base.dates import french_date
from knowledge_base.points import points

BUTTONS = 3
OTHER_CARDS = 2
# Below, what comes second may be what is meant: its card is shown too.
PLAIN_SHARE = 0.6
LEVEL_OF_A_PERSON = 1


def reply_to(turn: Turn, need: Any, *, alone: bool = True) -> Reply | None:
    """The reply to one need; None when its sheet is gone. `alone` is False for a further need, told in fewer words."""
    kind, _, name = need.sheet.partition("/")
    sheet = turn.kb.sheet(kind, name)
    if sheet is None:
        return None
    told = computed(turn, sheet, need.points) or tell(sheet, need.points, need.asks)
    reply = _about_a_place(turn, need, sheet, told) or _about(turn, need, sheet, told, alone)
    _finish(turn, need, sheet, told, reply, alone)
    return reply


def _about(turn: Turn, need: Any, sheet: Any, told: Sequence[Told], alone: bool) -> Reply:
    lead = "\n\n".join(found.text for found in told) or _unknown(turn, sheet, need.points)
    short = headed(sheet, sheet.summary)
    again = told and (not alone or _said_before(turn, sheet) or _repeats(lead, sheet.summary))
    parts = [lead] if again else [lead, short] if told or lead else [short]
    text = "\n\n".join([*parts, *filter(None, [expiry_note(turn, sheet)]), _source(turn, sheet, told)])
    spoken = " ".join(found.spoken for found in told) or f"{lead} {short}".strip()
    return Reply(text, sms=shorten(lead or short, SMS_LENGTH), spoken=shorten(spoken, SMS_LENGTH), cards=[card_of(sheet)])


def _about_a_place(turn: Turn, need: Any, sheet: Any, told: Sequence[Told]) -> Reply | None:
    placed = place_answer(turn, need, sheet, bool(told))
    if placed is None:
        return None
    taught = sheet.kind in TAUGHT
    said = [found.text for found in told if not taught or _worth_saying(found)][:1]
    short = [] if said or _said_before(turn, sheet) else [headed(sheet, sheet.summary)]
    if not placed.known and told:
        said = [told[0].text]
    text = "\n\n".join([*said, placed.text, *short])
    return Reply(text, sms=placed.sms, spoken=placed.spoken, cards=[*placed.cards, card_of(sheet)])


def _worth_saying(found: Told) -> bool:
    """Beside the places of a course: an answer that somebody wrote, or a point of its own."""
    return found.point != "where" and (found.item is not None or found.point not in ANYTHING)


def _unknown(turn: Turn, sheet: Any, asked: Sequence[str]) -> str:
    """Half a sentence on the point that the sheet does not hold; nothing when the sheet itself is the answer."""
    if asked[0] in ANYTHING:
        return ""
    return turn.word("point_unknown", point=points()[asked[0]].label.lower(), title=sheet.title)


def _repeats(lead: str, summary: str) -> bool:
    said, short = set(fold(lead).split()), set(fold(summary).split())
    return len(said & short) >= 0.6 * len(short)


def _said_before(turn: Turn, sheet: Any) -> bool:
    return sheet.title in (turn.get("seen") or [])


def _source(turn: Turn, sheet: Any, told: Sequence[Told]) -> str:
    own = next((found.source for found in told if found.source is not None), None)
    if own is None:
        return source_note(turn, sheet)
    return turn.word("source_note", name=own.name, date=french_date(own.collected_on))


def _finish(turn: Turn, need: Any, sheet: Any, told: Sequence[Told], reply: Reply, alone: bool) -> None:
    turn.focus(ref_of(sheet))
    turn.set("points", list(need.points))
    reply.topic = _topic(turn, need, sheet, told)
    level = _handover(turn, reply.topic, told)
    if level >= LEVEL_OF_A_PERSON or not (told or need.points[0] in ANYTHING):
        reply.command, reply.handover = OFFER_PERSON, max(level, LEVEL_OF_A_PERSON)
    if alone:
        reply.cards += _other_cards(turn, need)
        reply.quick_replies = next_points(turn, sheet, [found.point for found in told] or list(need.points))
    reply.cards = show(turn, reply.cards)


def _topic(turn: Turn, need: Any, sheet: Any, told: Sequence[Told]) -> int:
    """The question of product.md's table: what the answer says, else the sheet, else its kind and the point asked."""
    own = next((found.item.topic for found in told if found.item is not None and found.item.topic), None)
    table = turn.table("topics")
    by_point = table["by_point"].get(sheet.kind, {}).get(need.points[0])
    return int(own or (sheet.topics[0] if sheet.topics else by_point or table["by_kind"][sheet.kind]))


def _handover(turn: Turn, topic: int | None, told: Sequence[Told]) -> int:
    own = next((found.item.handover for found in told if found.item is not None and found.item.handover is not None), None)
    return own if own is not None else int(turn.table("topics")["handover"].get(topic, 0))


def _other_cards(turn: Turn, need: Any) -> list[dict[str, Any]]:
    if need.share >= PLAIN_SHARE:
        return []
    found = (turn.kb.sheet(*key.split("/", 1)) for key in need.others[:OTHER_CARDS])
    return [card_of(sheet) for sheet in found if sheet is not None]


def next_points(turn: Turn, sheet: Any, said: Sequence[str]) -> list[QuickReply]:
    """Buttons for what the sheet can still tell."""
    known = answerable(sheet)
    if sheet.kind in ("metier", "formation"):
        known = [*known, "where"]
    wished = [*turn.table("next_points").get(sheet.kind, ()), *known]
    left = [point for point in dict.fromkeys(wished) if point in known and point not in (*said, "other", "definition")]
    return [point_button(sheet, point) for point in left[:BUTTONS]]


def point_button(sheet: Any, point: str) -> QuickReply:
    """A button that asks a point of a sheet."""
    return ask(points()[point].label, "question", chosen=ref_of(sheet), point=point)
