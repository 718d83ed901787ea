"""Who may be given a case: presence, availability and capacity of advisors."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.store.models import Account, Case, CaseState
from clock import now

PRESENT = timedelta(minutes=2)  # since the last sign of the console or of the API


def is_present(account: Account) -> bool:
    """True when this account gave a sign of life a moment ago."""
    return account.last_seen_at is not None and account.last_seen_at > now() - PRESENT


def load_of(session: Session, account_id: str) -> int:
    """How many cases this account follows now."""
    return int(session.scalar(select(func.count()).select_from(Case).where(
        Case.owner_id == account_id, Case.state == CaseState.HUMAN)) or 0)


def loads(session: Session) -> dict[str, int]:
    """How many cases each account follows now; those who follow none are left out."""
    rows = session.execute(select(Case.owner_id, func.count()).where(
        Case.state == CaseState.HUMAN, Case.owner_id.is_not(None)).group_by(Case.owner_id)).all()
    return {str(owner): int(number) for owner, number in rows}


def has_room(session: Session, account: Account) -> bool:
    """True when one more case fits into the account's capacity."""
    return load_of(session, account.id) < account.capacity


def may_be_given(session: Session, account: Account) -> bool:
    """True when a case may land on this advisor unasked: active, there, available, with room."""
    return account.active and account.available and is_present(account) and has_room(session, account)
