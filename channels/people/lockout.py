"""An address rests for a while after too many wrong passwords or codes; it need not have an account.

Each try is counted before it is made, in the transaction that may refuse it: forty at the same moment are eight tries. A device
that the person logged in from has a count of its own, so that nobody can shut the rightful person out.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from channels.errors import TooManyRequests
from channels.privacy.crypto import fingerprint
from channels.store.models import LoginAttempts
from clock import now

_FREE = 8
_RESTS, _LONGEST = timedelta(minutes=1), timedelta(minutes=10)
FORGOTTEN_AFTER = timedelta(days=1)


def key_of(email_hash: str, device: str | None = None) -> str:
    """What is counted together: an address from strange devices, or from one known device (its secret)."""
    return fingerprint(f"{email_hash}/{device}") if device else email_hash


def may_try(session: Session, key: str) -> bool:
    """Counts one try; False, and nothing is counted, while the key rests."""
    row = _counted(session, key)
    if row.rests_until is not None and row.rests_until > now():
        return False
    row.failures = 1 if now() - row.last_at > FORGOTTEN_AFTER else row.failures + 1
    row.last_at = now()
    if row.failures >= _FREE:
        row.rests_until = now() + min(_LONGEST, _RESTS * 2 ** min(row.failures - _FREE, 10))
    return True


def forgive(session: Session, key: str) -> None:
    """It was right: the count starts again."""
    row = session.get(LoginAttempts, key)
    if row is not None:
        session.delete(row)


def resting() -> TooManyRequests:
    """What is said while it rests; the same for an address without an account."""
    return TooManyRequests(int(_LONGEST.total_seconds()))


def _counted(session: Session, key: str) -> LoginAttempts:
    """The row of a key, locked; made when there is none, by whoever comes first."""
    dialect = postgresql if session.get_bind().dialect.name == "postgresql" else sqlite
    session.execute(dialect.insert(LoginAttempts).values(key=key, failures=0, last_at=now()).on_conflict_do_nothing())
    return session.get_one(LoginAttempts, key, with_for_update=True, populate_existing=True)
