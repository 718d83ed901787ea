"""Reads of one's own account that no service offers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from channels.errors import NotFound
from channels.store.models import Account
from channels.views import AccountRow


def own_account(session: Session, account_id: str) -> AccountRow:
    """One's own row."""
    return AccountRow.of(_need(session, account_id))


def email_of(session: Session, account_id: str) -> str:
    """One's own address."""
    return _need(session, account_id).email


def _need(session: Session, account_id: str) -> Account:
    row = session.get(Account, account_id)
    if row is None:
        raise NotFound("Ce compte n'existe pas.")
    return row
