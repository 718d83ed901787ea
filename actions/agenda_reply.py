"""« prochain café des parents à Bernay ? » : the next sessions of the agenda, with date, hour, place and how to come."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, fitting, in_words
from actions.fold import fold, has_word
from actions.reply import OFFER_PERSON, QuickReply, Reply, do
from actions.turn import Turn
from knowledge_base.agenda.store import Session, Wish
from knowledge_base.agenda.telling import when_of

TABLE = "agenda"
TOPIC = 27
SHOWN = 3
_LINKS = ("https://", "http://", "www.")


def next_sessions(turn: Turn) -> Reply | None:
    """The next sessions of what is named; None when nothing is named, or when the agenda has nothing of it."""
    kind = None if turn.is_button else kind_named(turn)
    if kind is None:
        return None
    near, elsewhere = _found(turn, kind)
    if not near and not (elsewhere and _asks(turn)):
        return None
    turn.set("_noted", True)
    turn.set("last_topic", TOPIC)
    lead = [] if near else [turn.word("agenda_elsewhere", place=_place(turn).name)]
    return _told(turn, (near or elsewhere)[:SHOWN], lead)


def none_known(turn: Turn, replies: list[Reply]) -> list[Reply]:
    """The replies, the first after « aucune date connue » where a date of ours is asked for and none is known."""
    kind = None if turn.is_button else kind_named(turn)
    if kind is None or not kind["ours"] or not _asks(turn) or not replies:
        return replies
    place = _place(turn)
    key = "agenda_none_at" if place else "agenda_none"
    said = turn.word(key, name=kind["name"], place=place.name if place else "")
    first = replies[0]
    if not first.understood:
        return [Reply(said, sms=said, spoken=said, command=OFFER_PERSON, topic=TOPIC, handover=1)]
    first.text = f"{said}\n\n{first.text}"
    first.sms, first.spoken = (fitting([said, form], SMS_LENGTH) if form else None for form in (first.sms, first.spoken))
    first.command = first.command or OFFER_PERSON
    return replies


def kind_named(turn: Turn) -> Any:
    """The kind of session that the words name, or None; also None where what it is, not when, is asked."""
    folded = fold(turn.text)
    if has_word(folded, *turn.table(TABLE)["what_it_is"]):
        return None
    return next((kind for kind in turn.table(TABLE)["kinds"] if has_word(folded, *kind["said"])), None)


def _asks(turn: Turn) -> bool:
    return has_word(fold(turn.text), *turn.table(TABLE)["asks"])


def _place(turn: Turn) -> Any:
    """The place that this message names: a date elsewhere than where somebody once said to live is told with its place."""
    return next(iter(turn.mentions.of("asked", "lived")), None)


def _found(turn: Turn, kind: Any) -> tuple[list[Session], list[Session]]:
    words, place = tuple(kind["find"]), _place(turn)
    every = turn.kb.agenda.upcoming(Wish(words=words))
    if place is None:
        return every, []
    near = turn.kb.agenda.upcoming(Wish(place, words=words))
    return sorted(near, key=lambda session: session.distance_km != 0), every  # the town itself before its neighbours


def _told(turn: Turn, sessions: list[Session], lead: list[str]) -> Reply:
    written = [_lines(turn, session) for session in sessions]
    text = "\n\n".join([*lead, *("\n".join(lines) for lines in written)])
    sms = fitting([*lead, *(" ".join(_short(turn, session)) for session in sessions)], SMS_LENGTH)
    spoken = fitting([*lead, *(in_words(" ".join(_short(turn, session, aloud=True))) for session in sessions)], SMS_LENGTH)
    return Reply(text, sms=sms, spoken=spoken, command=OFFER_PERSON, topic=TOPIC, handover=1,
                 quick_replies=_sign_ups(turn, sessions))


def _sign_ups(turn: Turn, sessions: list[Session]) -> list[QuickReply]:
    """A button for each session that one signs up for here; one that is full has a waiting list."""
    ours = [session for session in sessions if session.own_sign_up and not session.is_cancelled]
    key = "agenda_sign_up_button" if len(ours) == 1 else "agenda_sign_up_button_at"
    return [do(turn.word(key, when=when_of(session)), "sign_up", session=session.id) for session in ours]


def _short(turn: Turn, session: Session, *, aloud: bool = False) -> list[str]:
    head = "agenda_cancelled" if session.is_cancelled else "agenda_at"
    lines = [turn.word(head, title=session.title, when=when_of(session), where=session.where)]
    if session.is_cancelled:
        return lines
    if session.is_full:
        return [*lines, turn.word("agenda_full_waiting" if session.own_sign_up else "agenda_full")]
    if session.own_sign_up:
        return [*lines, turn.word("agenda_sign_up_here")]
    if session.sign_up:
        on_web = aloud and any(mark in session.sign_up for mark in _LINKS)
        lines.append(turn.word("agenda_sign_up_spoken") if on_web else turn.word("agenda_sign_up", how=session.sign_up))
    return lines


def _lines(turn: Turn, session: Session) -> list[str]:
    lines = _short(turn, session)
    if session.access and not session.is_cancelled:
        lines.append(turn.word("agenda_access", access=session.access))
    if session.online and not session.is_cancelled:
        lines.append(turn.word("agenda_online", link=session.online))
    return [*lines, turn.word("agenda_source", organiser=session.organiser, source=session.source)]
