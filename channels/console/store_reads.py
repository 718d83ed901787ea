"""Reads of one's own account that no service offers."""

from __future__ import annotations

from sqlalchemy.orm import Session

from channels.case.views import AccountRow
from channels.store import accounts


def own_account(session: Session, account_id: str) -> AccountRow:
    """One's own row."""
    return AccountRow.of(accounts.need(session, account_id))


def email_of(session: Session, account_id: str) -> str:
    """One's own address."""
    return accounts.need(session, account_id).email
