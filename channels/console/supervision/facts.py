"""The rows behind every figure, read once for a period: conversations, cases, marks, alerts. No text and no name is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.clock import in_paris
from channels.store.models import Account, Alert, Author, Case, Conversation, Feedback, Message


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
    place: str | None
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
    """Everything of a period."""

    talks: Sequence[Talk]
    cases: Sequence[CaseFact]
    marks: Sequence[int]
    alerts: Sequence[datetime]


def facts(session: Session, since: datetime) -> Facts:
    """What began since an instant."""
    wrote = select(Message.conversation_id).where(Message.author == Author.CITIZEN, Message.created_at >= since).distinct()
    talks = session.execute(select(Conversation.id, Conversation.channel, Conversation.created_at)
                            .where(Conversation.created_at >= since, Conversation.id.in_(wrote))).tuples()
    columns = (Case.id, Case.conversation_id, Case.channel, Case.topic, Case.place, Case.team, Case.state, Case.urgency,
               Case.outcome, Case.reopened, Case.created_at, Case.queued_at, Case.claimed_at, Case.closed_at)
    cases = session.execute(select(*columns).where(Case.created_at >= since).order_by(Case.id)).all()
    marks = session.scalars(select(Feedback.score).where(Feedback.created_at >= since)).all()
    alerts = session.scalars(select(Alert.created_at).where(Alert.created_at >= since, Alert.kind == "distress")).all()
    return Facts([Talk(*row) for row in talks], [CaseFact(*tuple(row)) for row in cases], marks, alerts)


@dataclass(frozen=True, slots=True)
class Now:
    """What matters at this moment. `longest` in seconds."""

    waiting: int
    longest: float
    present: int
    available: int


def present_now(session: Session, instant: datetime, since: datetime) -> Now:
    """Who waits, how long, and who is there (seen since `since`)."""
    waiting, first = session.execute(select(func.count(), func.min(Case.queued_at)).where(Case.state == "queued")).one()
    there = session.scalars(select(Account).where(Account.last_seen_at >= since, Account.active)).all()
    longest = (instant - first).total_seconds() if first else 0.0
    return Now(int(waiting), max(0.0, longest), len(there), sum(account.available for account in there))
