"""Places of a session: who has one, who waits, who is called up next. Every function works inside the caller's transaction."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from channels.store.models import Contact, Conversation, SignUp
from channels.store.sign_up import HOLDS_A_PLACE, LIVE, SignUpState
from clock import now
from knowledge_base.agenda.store import Session as Dated

_TO_ANSWER, _LAST_CALL = timedelta(hours=24), timedelta(hours=2)


FindSession = Callable[[str], Dated | None]
"""Gives a session of the agenda as it is now; None for one that does not exist."""


def is_open(dated: Dated | None) -> bool:
    """Whether one can sign up for it with us now, be it for the waiting list."""
    return dated is not None and dated.own_sign_up and not dated.is_cancelled and dated.starts_at > now()


def live_of(session: Session, contact: Contact, session_id: str) -> SignUp | None:
    """The sign-up of this person for this session that is not over."""
    return session.scalar(select(SignUp).where(SignUp.contact_id == contact.id, SignUp.session_id == session_id,
                                               SignUp.state.in_(LIVE)))


def enter(session: Session, dated: Dated, contact: Contact, conversation: Conversation, name: str | None) -> SignUp:
    """A place, or the waiting list when none is left or others wait already."""
    free = _has_room(session, dated) and _first_waiting(session, dated.id) is None
    row = SignUp(session_id=dated.id, title=dated.title, place=dated.where, starts_at=dated.starts_at, ends_at=dated.ends_at,
                 contact_id=contact.id, conversation_id=conversation.id, name=name,
                 state=SignUpState.SIGNED if free else SignUpState.WAITING)
    session.add(row)
    session.flush()
    return row


def taken(session: Session, session_id: str) -> int:
    """How many places are taken or kept for somebody who was called up."""
    return session.scalar(select(func.count()).select_from(SignUp).where(
        SignUp.session_id == session_id, SignUp.state.in_(HOLDS_A_PLACE))) or 0


def next_of_person(session: Session, conversation: Conversation) -> SignUp | None:
    """The soonest session that whoever writes here is signed up for, by number or by conversation."""
    whose = SignUp.conversation_id == conversation.id
    if conversation.contact_id:
        whose = or_(whose, SignUp.contact_id == conversation.contact_id)
    return session.scalar(select(SignUp).where(whose, SignUp.state.in_(LIVE), SignUp.starts_at > now())
                          .order_by(SignUp.starts_at).limit(1))


def leave(session: Session, row: SignUp, state: SignUpState = SignUpState.CANCELLED) -> SignUp | None:
    """Ends a sign-up; gives whoever is called up for the place that it held, if anybody waits."""
    held = row.state in HOLDS_A_PLACE
    row.state, row.offered_until = state, None
    session.flush()
    return call_up(session, row.session_id) if held else None


def call_up(session: Session, session_id: str) -> SignUp | None:
    """Keeps a place for the first who waits, with a time to answer; nobody when it begins too soon to answer."""
    row = _first_waiting(session, session_id)
    if row is None or row.starts_at - now() < _LAST_CALL:
        return None
    row.state = SignUpState.OFFERED
    row.offered_until = min(now() + _TO_ANSWER, row.starts_at - _LAST_CALL / 2)
    session.flush()
    return row


def fill(session: Session, dated: Dated) -> list[SignUp]:
    """Calls up who waits for places that nobody holds: an erasure, more places, a date that is no longer full."""
    called = []
    while _has_room(session, dated) and (row := call_up(session, dated.id)) is not None:
        called.append(row)
    return called


def _has_room(session: Session, dated: Dated) -> bool:
    return not dated.is_full and (dated.capacity is None or taken(session, dated.id) < dated.capacity)


def lapsed(session: Session) -> Sequence[SignUp]:
    """Those who were called up and did not answer in time."""
    return session.scalars(select(SignUp).where(SignUp.state == SignUpState.OFFERED, SignUp.offered_until < now())).all()


def of_session(session: Session, session_id: str) -> Sequence[SignUp]:
    """All who are signed up or wait, in order."""
    return session.scalars(select(SignUp).where(SignUp.session_id == session_id, SignUp.state.in_(LIVE))
                           .order_by(SignUp.created_at, SignUp.id)).all()


def _first_waiting(session: Session, session_id: str) -> SignUp | None:
    return session.scalar(select(SignUp).where(SignUp.session_id == session_id, SignUp.state == SignUpState.WAITING)
                          .order_by(SignUp.created_at, SignUp.id).limit(1))
