"""The rows behind every figure, read once for a period: conversations, cases, marks, alerts. No text and no name is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.delivery.alerting import DISTRESS
from channels.store.models import Account, Alert, Author, Case, CaseState, Conversation, Feedback, Message
from channels.store.staff import loads
from clock import in_paris


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation in which somebody wrote."""

    id: str
    channel: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CaseFact:
    """What counts of a case."""

    id: int
    conversation_id: str
    channel: str
    topic: int | None
    public: str
    place: str | None
    territory: str | None
    team: str | None
    state: str
    urgency: str
    outcome: str | None
    reopened: int
    opened_at: datetime
    queued_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None

    @property
    def hour(self) -> int:
        """The hour of the day in Normandy."""
        return in_paris(self.opened_at).hour

    @property
    def waited(self) -> timedelta | None:
        """From the queue to the first advisor."""
        return self.claimed_at - self.queued_at if self.claimed_at else None

    @property
    def handled(self) -> timedelta | None:
        """From the first advisor to the end."""
        return self.closed_at - self.claimed_at if self.claimed_at and self.closed_at else None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything of a period. `marks`: (conversation, 1 to 5); `marked`: the conversations that were marked.

    `alerts`: (when, case) of messages of distress; `alarmed`: those cases, which may have been opened earlier.
    """

    talks: Sequence[Talk]
    cases: Sequence[CaseFact]
    marks: Sequence[tuple[str, int]]
    marked: Sequence[Talk]
    alerts: Sequence[tuple[datetime, int]]
    alarmed: Sequence[CaseFact]


def facts(session: Session, since: datetime) -> Facts:
    """What began since an instant."""
    wrote = select(Message.conversation_id).where(Message.author == Author.CITIZEN, Message.created_at >= since).distinct()
    talks = session.execute(select(Conversation.id, Conversation.channel, Conversation.created_at)
                            .where(Conversation.created_at >= since, Conversation.id.in_(wrote))).tuples()
    columns = select(Case.id, Case.conversation_id, Case.channel, Case.topic, Case.public, Case.place, Case.territory,
                     Case.team, Case.state, Case.urgency, Case.outcome, Case.reopened, Case.created_at, Case.queued_at,
                     Case.claimed_at, Case.closed_at).order_by(Case.id)
    cases = session.execute(columns.where(Case.created_at >= since)).all()
    marks = session.execute(select(Feedback.conversation_id, Feedback.score).where(Feedback.created_at >= since)).tuples().all()
    marked = session.execute(select(Conversation.id, Conversation.channel, Conversation.created_at).where(
        Conversation.id.in_({talk for talk, _ in marks}))).tuples()
    alerts = session.execute(select(Alert.created_at, Alert.case_id).where(
        Alert.created_at >= since, Alert.kind == DISTRESS, Alert.case_id.is_not(None))).tuples().all()
    alarmed = session.execute(columns.where(Case.id.in_({case for _, case in alerts}))).all()
    return Facts([Talk(*row) for row in talks], [CaseFact(*tuple(row)) for row in cases], marks, [Talk(*row) for row in marked],
                 [(at, case) for at, case in alerts if case is not None], [CaseFact(*tuple(row)) for row in alarmed])


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who is there. `load` of `capacity` cases."""

    name: str
    team: str | None
    load: int
    capacity: int
    available: bool


@dataclass(frozen=True, slots=True)
class Now:
    """What matters at this moment. `longest` in seconds, of the case `longest_case`; `unanswered`: followed, waiting for us."""

    waiting: int
    longest: float
    longest_case: int | None
    unanswered: int
    people: Sequence[Colleague]


def present_now(session: Session, instant: datetime, since: datetime) -> Now:
    """Who waits, how long, and who is there (seen since `since`)."""
    queued = session.execute(select(Case.id, Case.queued_at).where(Case.state == CaseState.QUEUED).order_by(Case.queued_at)).all()
    rows = session.execute(select(Case.last_citizen_at, Case.last_advisor_at).where(Case.state == CaseState.HUMAN)).all()
    unanswered = sum(wrote is not None and (answered is None or answered < wrote) for wrote, answered in rows)
    busy = loads(session)
    there = session.scalars(select(Account).where(Account.last_seen_at >= since, Account.active)).all()
    people = [Colleague(row.name, row.team, busy.get(row.id, 0), row.capacity, row.available) for row in there]
    longest = max(0.0, (instant - queued[0].queued_at).total_seconds()) if queued else 0.0
    return Now(len(queued), longest, queued[0].id if queued else None, unanswered, sorted(people, key=lambda row: row.name))
