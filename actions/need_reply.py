"""One need answered: the point asked first, in a sentence, then the sheet in short, then what helps next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.compose import SMS_LENGTH, card_of, expiry_note, fitting, headed, in_words, shorten, show, source_note
from actions.computed import APPRENTICE_PAY, computed
from actions.fold import fold
from actions.knowledge import ref_of
from actions.place_reply import BRIEF, PLACED, TAUGHT, UNPLACED, of_another_town, place_answer
from actions.places_reply import PlaceAnswer
from actions.reply import OFFER_PERSON, QuickReply, Reply, ask
from actions.telling import ANYTHING, Told, answerable, point_of, tell
from actions.turn import Turn
from actions.understanding.place_ask import PLACES
from actions.understanding.subjects import named
from knowledge_base.answering import field_answer
from knowledge_base.dates import french_date
from knowledge_base.points import points

BUTTONS = 3
OTHER_CARDS = 2
TELLING_LETTERS = 5
PAY, APPRENTICE = "pay", "apprentissage"
# Points of a trade that its courses answer too.
OF_COURSES = ("access", "duration")
# Below, what comes second may be what is meant: its card is shown too.
PLAIN_SHARE = 0.6
LEVEL_OF_A_PERSON = 1
TOLD_KEPT = 8
# Points of which the places are the answer: they come first.
WHERE_FIRST = ("where", "contact")
# Who was refused, or cheated, is not left with a sheet.
FOR_A_PERSON = ("recourse",)
# Set for the turn: the sources said already.
SOURCES = "_sources"
# Set for the turn: the lists of places said already.
LISTED = "_listed"


def reply_to(turn: Turn, need: Any, *, alone: bool = True) -> Reply | None:
    """The reply to one need; None when its sheet is gone. `alone` is False for a further need, told in fewer words."""
    kind, _, name = need.sheet.partition("/")
    sheet = turn.kb.sheet(kind, name)
    if sheet is None:
        return None
    told = computed(turn, sheet, need.points) or tell(sheet, _asked(turn, sheet, need), _keys(turn, sheet, need), need.doubted)
    placed = _about_a_place(turn, need, sheet, told)
    reply = placed or _about(turn, need, sheet, told, alone)
    if placed is None:
        _say_of_what(turn, sheet, reply)
    _finish(turn, need, sheet, told, reply, alone)
    return reply


def _keys(turn: Turn, sheet: Any, need: Any) -> Sequence[str]:
    """The answers found; none of them where another point says as much of one that is not held (how long: how one gets there)."""
    instead = need.points[0] in turn.table("rereading")["instead"].get(sheet.kind, {})
    return () if instead and need.points[0] not in answerable(sheet) else _untold(turn, sheet, need)


def _untold(turn: Turn, sheet: Any, need: Any) -> Sequence[str]:
    """What was not told yet, when anything is left: nobody is told the same thing beside something new."""
    said = turn.get("told") or []
    left = [key for key in need.asks if key not in said]
    # All was told: the next answer to what is asked, rather than the same again.
    left = left or [key for key in need.doubted if key not in said and point_of(sheet, key) in need.points][:1] or list(need.asks)
    turn.set("told", [*said, *(key for key in left if key not in said)][-TOLD_KEPT:])
    return left


def _say_of_what(turn: Turn, sheet: Any, reply: Reply) -> None:
    """An SMS and a voice have no card: « il pèse, pétrit… » begins, the first time, with whose answer it is."""
    if _said_before(turn, sheet):
        return
    reply.sms = _with_its_name(reply.sms, sheet.title, sheet.title)
    reply.spoken = _with_its_name(reply.spoken, sheet.title, in_words(sheet.title))


def _with_its_name(text: str | None, title: str, name: str) -> str | None:
    if text is None or _names(text, title):
        return text
    return shorten(f"{name[:1].upper()}{name[1:]} : {text}", SMS_LENGTH)


def _names(text: str, title: str) -> bool:
    """Whether a telling word of the title is said."""
    said = fold(text)
    return any(word in said for word in fold(title.split(" : ")[0]).split() if len(word) >= TELLING_LETTERS)


def _asked(turn: Turn, sheet: Any, need: Any) -> tuple[str, ...]:
    """The points asked, then those that say as much where a sheet is silent (how long: how one gets there)."""
    instead = turn.table("rereading")["instead"].get(sheet.kind, {})
    return (*need.points, *(instead[point] for point in need.points if point in instead))


def _about(turn: Turn, need: Any, sheet: Any, told: Sequence[Told], alone: bool) -> Reply:
    said = [text for text in (_unknown(turn, sheet, need, told), *(found.text for found in told)) if text]
    lead = "\n\n".join(said)
    short = headed(sheet, sheet.summary)
    long = len(turn.words) > BRIEF and sheet.kind != "evenement" and need.points[0] != "definition"
    again = told and (long or not alone or _enough(sheet, told) or _said_before(turn, sheet) or _repeats(lead, sheet.summary))
    parts = [lead] if again else [lead, short] if told or lead else [short]
    text = "\n\n".join(filter(None, [*parts, expiry_note(turn, sheet), _source(turn, sheet, told)]))
    sms = fitting(said or [short], SMS_LENGTH)
    spoken = fitting([found.spoken for found in told] or [f"{lead} {short}".strip()], SMS_LENGTH)
    return Reply(text, sms=sms, spoken=spoken, cards=[card_of(sheet)])


def _about_a_place(turn: Turn, need: Any, sheet: Any, told: Sequence[Told]) -> Reply | None:
    placed = place_answer(turn, need, sheet, bool(told))
    if placed is None or _told_these_places(turn, placed):
        return None
    turn.set(PLACED if placed.known else UNPLACED, True)
    if placed.known and of_another_town(turn, need.sheet):
        return Reply(placed.text, sms=placed.sms, spoken=placed.spoken, cards=placed.cards)
    taught = sheet.kind in TAUGHT
    if told and placed.known and len(turn.words) > BRIEF and not (taught or _is_asked_where(sheet, need)):
        return _with_the_nearest(turn, sheet, told, placed)
    # One answer beside the places, and those of what else is asked.
    said = [found.text for found in told if not taught or _worth_saying(found)][: max(1, len(need.points) - 1)]
    wanted = not said or "definition" in need.points
    short = [headed(sheet, sheet.summary)] if wanted and not _said_before(turn, sheet) else []
    if not placed.known and told:
        said = [told[0].text]
    first = [placed.text, *said] if need.points[0] in WHERE_FIRST else [*said, placed.text]
    text = "\n\n".join([*first, *short])
    beside = next((found for found in told if found.point in ("hours", "age") and found.point in need.points), None)
    sms, spoken = (f"{form} {beside.spoken}" if beside else form for form in (placed.sms, placed.spoken))
    return Reply(text, sms=shorten(sms, SMS_LENGTH), spoken=spoken, cards=[*placed.cards, card_of(sheet)])


def _told_these_places(turn: Turn, placed: PlaceAnswer) -> bool:
    """A trade and its course have the same schools: an answer lists them once."""
    said = turn.get(LISTED) or []
    turn.set(LISTED, [*said, placed.text])
    return placed.text in said


def _is_asked_where(sheet: Any, need: Any) -> bool:
    """« la mission locale quand on habite Les Andelys, c’est où » : the places of the thing itself are the answer."""
    return sheet.kind == "structure" and need.points[0] in WHERE_FIRST


def _with_the_nearest(turn: Turn, sheet: Any, told: Sequence[Told], placed: PlaceAnswer) -> Reply:
    """Who tells much asks more than an address: the answers, then the nearest desk alone."""
    text = "\n\n".join(filter(None, [*(found.text for found in told), placed.sms, _source(turn, sheet, told)]))
    sms, spoken = fitting([told[0].text, placed.sms], SMS_LENGTH), f"{told[0].spoken} {placed.spoken}"
    return Reply(text, sms=sms, spoken=spoken, cards=[*placed.cards[:1], card_of(sheet)])


def _worth_saying(found: Told) -> bool:
    """Beside the places of a course: an answer that somebody wrote, or a point of its own."""
    return found.point != "where" and (found.item is not None or found.point not in ANYTHING)


def _enough(sheet: Any, told: Sequence[Told]) -> bool:
    """Two answers need no summary beside them; that of an event says whether it is over."""
    return len(told) > 1 and sheet.kind != "evenement"


def _unknown(turn: Turn, sheet: Any, need: Any, told: Sequence[Told]) -> str:
    """Half a sentence on a point that the sheet does not hold; nothing when the sheet itself is the answer."""
    point = need.unheld or ("" if told else need.points[0])
    said_otherwise = bool(told) and point in turn.table("rereading")["instead"].get(sheet.kind, {})
    if not point or point in ANYTHING or point == "where" or said_otherwise:
        return ""
    return turn.word("point_unknown", point=points()[point].label.lower(), title=sheet.title)


def _repeats(lead: str, summary: str) -> bool:
    said, short = set(fold(lead).split()), set(fold(summary).split())
    return len(said & short) >= 0.6 * len(short)


def _said_before(turn: Turn, sheet: Any) -> bool:
    return sheet.title in (turn.get("seen") or [])


def _source(turn: Turn, sheet: Any, told: Sequence[Told]) -> str:
    """Where each answer comes from, each source once a message; the sheet's for what has none of its own."""
    own = [_source_of(turn, sheet, found.source) for found in told] or [source_note(turn, sheet)]
    said = turn.get(SOURCES) or []
    new = [note for note in dict.fromkeys(own) if note not in said]
    turn.set(SOURCES, [*said, *new])
    return " ".join(new)


def _source_of(turn: Turn, sheet: Any, source: Any) -> str:
    if source is None:
        return source_note(turn, sheet)
    return turn.word("source_note", name=source.name, date=french_date(source.collected_on))


def _finish(turn: Turn, need: Any, sheet: Any, told: Sequence[Told], reply: Reply, alone: bool) -> None:
    turn.focus(ref_of(sheet))
    turn.set("points", list(need.points))
    reply.topic = _topic(turn, need, sheet, told)
    level = _handover(turn, reply.topic, told)
    answered = told or turn.get(PLACED) or need.points[0] in ANYTHING
    unanswered = turn.get(UNPLACED) or not answered or _hours_unknown(sheet, need)
    if level >= LEVEL_OF_A_PERSON or unanswered or need.points[0] in FOR_A_PERSON:
        reply.command, reply.handover = OFFER_PERSON, max(level, LEVEL_OF_A_PERSON)
    if alone:
        reply.cards += [*_courses_to_it(turn, sheet, need), *_other_cards(turn, need)]
        said = [found.point for found in told] or list(need.points)
        reply.quick_replies = next_places(turn, sheet) + next_points(turn, sheet, said)
    reply.cards = show(turn, reply.cards)


def _hours_unknown(sheet: Any, need: Any) -> bool:
    """A desk whose hours nobody checked: whoever asks for them needs somebody who calls there."""
    return "hours" in need.points and sheet.kind == "structure" and not field_answer(sheet, "hours")


def _topic(turn: Turn, need: Any, sheet: Any, told: Sequence[Told]) -> int:
    """The question of product.md's table: what the answer says, else the sheet, else its kind and the point asked."""
    own = next((found.item.topic for found in told if found.item is not None and found.item.topic), None)
    table = turn.table("topics")
    first = table["point_first"].get(sheet.kind, {}).get(need.points[0])
    by_point = table["by_point"].get(sheet.kind, {}).get(need.points[0])
    return int(own or first or (_of_sheet(turn, sheet) if sheet.topics else by_point or table["by_kind"][sheet.kind]))


def _of_sheet(turn: Turn, sheet: Any) -> int:
    """The sheet's first topic; « infirmière, je veux changer » is about the trade that is left, where the sheet is too."""
    of_a_trade = turn.table("topics")["of_a_trade"]
    other = of_a_trade if of_a_trade in sheet.topics and named(turn, ["metier"]) else None
    return int(other or sheet.topics[0])


def _handover(turn: Turn, topic: int | None, told: Sequence[Told]) -> int:
    own = next((found.item.handover for found in told if found.item is not None and found.item.handover is not None), None)
    return own if own is not None else int(turn.table("topics")["handover"].get(topic, 0))


def _courses_to_it(turn: Turn, sheet: Any, need: Any) -> list[dict[str, Any]]:
    """« faut quoi comme diplôme » : the courses that a trade's sheet names, as cards."""
    if sheet.kind != "metier" or need.points[0] not in OF_COURSES:
        return []
    return [card_of(hit) for hit in turn.kb.related(sheet) if hit.kind == "formation"][:OTHER_CARDS]


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
    own = [_apprentice_pay(turn)] if sheet.kind in TAUGHT and PAY in said and turn.get("rhythm") == APPRENTICE else []
    left = [point for point in dict.fromkeys(wished) if point in known and point not in (*said, "other", "definition")]
    return [*own, *(point_button(sheet, point) for point in left)][:BUTTONS]


def next_places(turn: Turn, sheet: Any) -> list[QuickReply]:
    """After an answer of place that left some out."""
    kept = (turn.changes.get("expecting") or {}).get("what") == PLACES
    return [ask(turn.word("places_next"), "question", chosen=ref_of(sheet), point="where")] if kept else []


def _apprentice_pay(turn: Turn) -> QuickReply:
    """After the pay of a trade, to who wants to learn it as an apprentice."""
    kind, _, name = APPRENTICE_PAY.partition("/")
    label = turn.word("label_apprentissage_salaire")
    return ask(label, "question", chosen={"kind": kind, "id": name, "title": label, "rome": []}, point=PAY)


def point_button(sheet: Any, point: str) -> QuickReply:
    """A button that asks a point of a sheet."""
    return ask(points()[point].label, "question", chosen=ref_of(sheet), point=point)
