"""An account rests for a while after too many wrong passwords or codes."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from channels.errors import TooManyRequests
from channels.store.models import Account
from clock import now

_FAILURES = 8
_RESTS_FOR = timedelta(minutes=10)


def rests(account: Account) -> bool:
    """True while nothing is tried."""
    return account.locked_until is not None and account.locked_until > now()


def resting() -> TooManyRequests:
    """What is said then."""
    return TooManyRequests(int(_RESTS_FOR.total_seconds()))


def count_failure(session: Session, account_id: str | None) -> None:
    """One wrong try more; an account that does not exist counts nothing."""
    row = session.get(Account, account_id) if account_id else None
    if row is None:
        return
    row.failed_logins += 1
    if row.failed_logins >= _FAILURES:
        row.failed_logins, row.locked_until = 0, now() + _RESTS_FOR
