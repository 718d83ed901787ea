"""Which messages belong into the inbox, and why: not understood, followed by a « non », or by a request for a person.

A doubtful act that was answered all the same was understood: what an answer was found for is no work for an editor. A message
that a fault of ours left unanswered says nothing about its words either."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.store.models import Author, Case, Message

_NO = frozenset({"nier", "corriger"})
_AT_ONCE = timedelta(seconds=90)
_MOST = 3000
NOT_UNDERSTOOD = "fallback"
REASONS = {NOT_UNDERSTOOD: "pas compris", "no": "« non » ensuite", "person": "conseiller demandé aussitôt"}


@dataclass(frozen=True, slots=True)
class Candidate:
    """One message. `ranking`: the intents that the engine thought of, best first."""

    text: str
    at: datetime
    channel: str
    reason: str
    ranking: tuple[str, ...]


def candidates(session: Session, since: datetime) -> list[Candidate]:
    """Newest first."""
    rows = session.scalars(select(Message).where(Message.author == Author.CITIZEN, Message.created_at >= since)
                           .order_by(Message.conversation_id, Message.seq).limit(_MOST)).all()
    by_talk: dict[str, list[Message]] = defaultdict(list)
    for row in rows:
        by_talk[row.conversation_id].append(row)
    cases = session.execute(select(Case.conversation_id, Case.created_at).where(Case.created_at >= since)).tuples()
    opened = dict(cases.all())
    found = [item for talk, said in by_talk.items() for item in _of_talk(said, opened.get(talk))]
    return sorted(found, key=lambda item: item.at, reverse=True)


def _of_talk(said: Sequence[Message], opened: datetime | None) -> Iterator[Candidate]:
    for message, following in zip(said, [*said[1:], None], strict=True):
        reason = _reason(message, following, opened)
        if reason and message.text.strip():
            ranking = tuple(str(item.get("name")) for item in message.ranking or [] if item.get("name"))
            yield Candidate(message.text, message.created_at, message.channel, reason, ranking)


def _reason(message: Message, following: Message | None, opened: datetime | None) -> str | None:
    body = message.body or {}
    if body.get("payload") or message.failure or (message.intent is None and message.understood is None):
        return None  # a button, a fault of ours, or answered without the engine
    if message.understood is False:
        return NOT_UNDERSTOOD
    if following is not None and following.intent in _NO:
        return "no"
    at_once = opened is not None and timedelta(0) <= opened - message.created_at < _AT_ONCE
    return "person" if at_once and following is not None and following.understood is None else None
