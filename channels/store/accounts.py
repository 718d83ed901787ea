"""Repository of the helpline's people."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.errors import NotFound
from channels.store.models import Account
from channels.store.threads import lookup_hash


def by_email(session: Session, email: str) -> Account | None:
    """The account of this address, in any case."""
    return session.scalar(select(Account).where(Account.email_hash == email_hash(session, email)))


def need(session: Session, account_id: str) -> Account:
    """The account of this id.

    Raises:
        NotFound: there is none.
    """
    account = session.get(Account, account_id)
    if account is None:
        raise NotFound("Ce compte n'existe pas.")
    return account


def find(session: Session, key: str) -> Account | None:
    """The account of this id or address."""
    return session.get(Account, key) or (by_email(session, key) if "@" in key else None)


def everybody(session: Session) -> Sequence[Account]:
    """All accounts, oldest first."""
    return session.scalars(select(Account).order_by(Account.created_at)).all()


def email_hash(session: Session, email: str) -> str:
    """The keyed hash of an address, whatever its case."""
    return lookup_hash(session, email.strip().lower())
