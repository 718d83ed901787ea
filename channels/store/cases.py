"""Repository of cases, their history, notes, call-backs and alerts; what a role may not see is filtered here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select
from sqlalchemy.orm import Session

from channels.errors import Forbidden, NotFound
from channels.people.principal import Principal
from channels.store.models import (
    OPEN_STATES,
    Account,
    Alert,
    AlertSeen,
    AlertState,
    Callback,
    Case,
    CaseEvent,
    CaseState,
    Note,
    OutboxRow,
    Urgency,
)

_LARGEST_ID = 2**31 - 1


def visible_to(who: Principal) -> Select[Case, Account]:
    """Cases with their owner, as far as this role may see them.

    Raises:
        Forbidden: the role sees no case (editors).
    """
    if not who.sees_cases:
        raise Forbidden
    return select(Case, Account).outerjoin(Account, Account.id == Case.owner_id)


def for_person(session: Session, who: Principal, case_id: int, *, lock: bool = False) -> tuple[Case, str | None]:
    """The case and its owner's name, when this person may see it.

    Raises:
        NotFound: no such case.
        Forbidden: the role sees no case.
    """
    query = visible_to(who)
    if not 0 < case_id <= _LARGEST_ID:
        raise NotFound("Cette demande n'existe pas.")
    if lock:
        query = query.with_for_update(of=Case)
    row = session.execute(query.where(Case.id == case_id)).first()
    if row is None:
        raise NotFound("Cette demande n'existe pas.")
    return row[0], row[1].name if row[1] else None


def open_of(session: Session, conversation_id: str) -> Case | None:
    """The open case of a conversation."""
    return session.scalar(select(Case).where(Case.conversation_id == conversation_id, Case.state.in_(OPEN_STATES)))


def last_of(session: Session, conversation_id: str) -> Case | None:
    """The newest case of a conversation, open or not."""
    return session.scalar(select(Case).where(Case.conversation_id == conversation_id).order_by(Case.id.desc()).limit(1))


def position(session: Session, case: Case) -> int:
    """Place in the queue, 1 = next."""
    ahead = session.scalar(select(func.count()).select_from(Case).where(
        Case.state == CaseState.QUEUED, _goes_before(case)))
    return int(ahead or 0) + 1


def _goes_before(case: Case) -> ColumnElement[bool]:
    """Whoever is in distress goes first, then whoever has waited longest."""
    earlier = Case.queued_at < case.queued_at
    urgent = Case.urgency == Urgency.DISTRESS
    return and_(urgent, earlier) if case.urgency == Urgency.DISTRESS else or_(urgent, earlier)


def taken_since(session: Session, since: datetime) -> Sequence[datetime]:
    """When advisors took people since then, the latest first."""
    return session.scalars(select(Case.claimed_at).where(Case.claimed_at >= since).order_by(Case.claimed_at.desc())
                           .limit(200)).all()  # type: ignore[return-value]


def history(session: Session, case_id: int) -> Sequence[CaseEvent]:
    """The lines of a case's history, oldest first."""
    return session.scalars(select(CaseEvent).where(CaseEvent.case_id == case_id).order_by(CaseEvent.created_at)).all()


def notes(session: Session, case_id: int) -> Sequence[Note]:
    """The notes of a case, oldest first."""
    return session.scalars(select(Note).where(Note.case_id == case_id).order_by(Note.created_at)).all()


def callbacks(session: Session, case_id: int) -> Sequence[Callback]:
    """The calls promised in a case."""
    return session.scalars(select(Callback).where(Callback.case_id == case_id).order_by(Callback.starts_at)).all()


def deliveries(session: Session, conversation_id: str) -> Sequence[OutboxRow]:
    """What left by a provider for this conversation."""
    return session.scalars(
        select(OutboxRow).where(OutboxRow.conversation_id == conversation_id).order_by(OutboxRow.id)).all()


def names(session: Session, account_ids: set[str | None]) -> dict[str, str]:
    """Display names of accounts."""
    wanted = [item for item in account_ids if item]
    rows = session.scalars(select(Account).where(Account.id.in_(wanted))).all() if wanted else []
    return {row.id: row.name for row in rows}


def open_alerts(session: Session, account_id: str | None = None) -> Sequence[Alert]:
    """Alerts that must still be looked at, newest first; without those that this person has seen."""
    query = select(Alert).where(Alert.state != AlertState.ACKNOWLEDGED)
    if account_id is not None:
        query = query.where(~exists().where(AlertSeen.alert_id == Alert.id, AlertSeen.account_id == account_id))
    return session.scalars(query.order_by(Alert.created_at.desc()).limit(200)).all()
