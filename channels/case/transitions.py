"""The state machine of a conversation, and the only place that writes a case's state, a conversation's mode or its epoch.

    bot → queued → human → bot | closed          queued → abandoned (→ bot)
    bot | queued → callback → queued | human | closed | abandoned (the person cancels the call)

Every move bumps the epoch: an answer computed before it is never delivered after it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from channels.conversation.fanout import QUEUE_TOPIC, News, case_topic, conversation_topic
from channels.delivery.alerting import nobody_waits_any_more
from channels.errors import Conflict
from channels.privacy.audit import write_audit
from channels.store.database import announce
from channels.store.models import OPEN_STATES, Case, CaseEvent, CaseState, Conversation, Mode
from clock import now

_FROM: dict[CaseState, frozenset[CaseState]] = {
    CaseState.QUEUED: frozenset({CaseState.QUEUED, CaseState.HUMAN, CaseState.CALLBACK, CaseState.CLOSED, CaseState.ABANDONED}),
    CaseState.HUMAN: frozenset({CaseState.QUEUED, CaseState.CALLBACK, CaseState.HUMAN, CaseState.CLOSED, CaseState.ABANDONED}),
    CaseState.CALLBACK: frozenset({CaseState.QUEUED, CaseState.HUMAN, CaseState.CALLBACK}),
    CaseState.ABANDONED: frozenset({CaseState.QUEUED, CaseState.CALLBACK}),
    CaseState.CLOSED: frozenset(OPEN_STATES),
}


def mode_of(case: Case | None) -> Mode:
    """What clients see, derived from the case."""
    if case is None or case.state == CaseState.ABANDONED:
        return Mode.BOT
    if case.state == CaseState.CLOSED:
        return Mode.BOT if case.returned else Mode.CLOSED
    return Mode(case.state)


def move(session: Session, conversation: Conversation, case: Case, state: CaseState, kind: str, *, by: str | None = None,
         data: Mapping[str, Any] | None = None, returned: bool = False) -> None:
    """Brings the case to `state`, the conversation to the mode that follows, and writes the history line `kind`.

    Raises:
        Conflict: the case cannot go there from where it is.
    """
    if case.state and CaseState(case.state) not in _FROM[state]:
        raise Conflict("Cette demande n'est plus dans un état qui le permet.")
    case.state, case.returned = state, returned
    if state == CaseState.QUEUED:  # whoever waits again is told and announced again
        case.reminded_at, case.claimed_at, case.told_at, case.told_count = None, None, now(), 0
    if state in {CaseState.CLOSED, CaseState.ABANDONED}:
        case.closed_at = now()
    follow(session, conversation, case, kind, by=by, data=data)


def follow(session: Session, conversation: Conversation, case: Case, kind: str, *, by: str | None = None,
           data: Mapping[str, Any] | None = None) -> None:
    """Sets mode and epoch after the case changed, writes its history and tells the screens."""
    conversation.mode = mode_of(case)
    conversation.epoch += 1
    case.snoozed_until = None  # a pause is about where the case stood
    if case.state != CaseState.QUEUED and case.id is not None:
        nobody_waits_any_more(session, case.id, taken=case.state in {CaseState.HUMAN, CaseState.CLOSED})
    record(session, case, kind, by=by, data=data)
    announce(session, News(conversation_topic(conversation.id), "mode", conversation.id))


def forget_case(session: Session, conversation: Conversation) -> None:
    """A person writes again after the end of a case that is not reopened: the bot answers."""
    conversation.mode = Mode.BOT
    conversation.epoch += 1
    announce(session, News(conversation_topic(conversation.id), "mode", conversation.id))


def record(session: Session, case: Case, kind: str, *, by: str | None = None, data: Mapping[str, Any] | None = None) -> None:
    """Writes a line of the case's history (and of the audit log, when a person did it) and tells the screens."""
    session.flush()
    session.add(CaseEvent(case_id=case.id, kind=kind, account_id=by, data=dict(data) if data else None))
    if by is not None:
        write_audit(session, by, f"case_{kind}", "case", str(case.id))
    announce(session, News(case_topic(case.id), "case", str(case.id)), News(QUEUE_TOPIC, "case", str(case.id)))


def take(session: Session, case_id: int, account_id: str) -> bool:
    """The claim: one conditional UPDATE. False when somebody else was first (or the case is not open)."""
    instant = now()
    result = session.execute(
        update(Case)
        .where(Case.id == case_id, Case.owner_id.is_(None), Case.state.in_((CaseState.QUEUED, CaseState.CALLBACK)))
        .values(owner_id=account_id, state=CaseState.HUMAN, claimed_at=instant)
        .execution_options(synchronize_session=False))
    return bool(result.rowcount == 1)  # type: ignore[attr-defined]
