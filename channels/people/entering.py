"""What a login looks at and what it leaves: the try that is counted first, the session, the device that is known from then on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from channels.people import lockout, second_factor
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.crypto import fingerprint, new_secret
from channels.store import accounts
from channels.store.models import Account, ConsoleSession, KnownDevice
from clock import now

SESSION_LIFE, DEVICE_LIFE = timedelta(hours=12), timedelta(days=180)


@dataclass(frozen=True, slots=True)
class Login:
    """An open console session. `token` goes into the cookie, `csrf` into forms, `device` into the cookie of a known device.

    `enrols`: the second factor is compulsory and not set up yet: nothing else is open.
    """

    token: str
    csrf: str
    expires_at: datetime
    principal: Principal
    device: str = ""
    enrols: bool = False


@dataclass(frozen=True, slots=True)
class Try:
    """One login: the account of the address, if there is one, and what its password is compared with. `key`: what counts it."""

    account_id: str | None
    password_hash: str | None
    usable: bool
    key: str
    device: str


def begin(session: Session, email: str, device: str | None) -> Try | None:
    """Counts the try before anything is compared; None while the address rests, with or without an account."""
    row = accounts.by_email(session, email)
    known = device or "" if row is not None and _is_known(session, row, device) else ""
    key = lockout.key_of(accounts.email_hash(session, email), known)
    if not lockout.may_try(session, key):
        return None
    usable = row is not None and row.active and row.password_hash is not None
    return Try(row.id if row else None, row.password_hash if row else None, usable, key, known)


def open_session(session: Session, tried: Try, totp: str | None, user_agent: str | None) -> Login | None:
    """The session, once the password was right; None when the code of the second factor is not."""
    account = accounts.need(session, tried.account_id or "")
    if not second_factor.passes(account, totp or ""):
        return None
    lockout.forgive(session, tried.key)
    account.last_seen_at = now()
    token, csrf, expires_at = new_secret(), new_secret(), now() + SESSION_LIFE
    session.add(ConsoleSession(account_id=account.id, hash=fingerprint(token), csrf=csrf, expires_at=expires_at, seen_at=now(),
                               user_agent=(user_agent or "")[:200] or None))
    write_audit(session, account.id, "login", "account", account.id)
    return Login(token, csrf, expires_at, principal_of(account), tried.device or _remember(session, account))


def principal_of(account: Account) -> Principal:
    """Who acts, by their account."""
    return Principal(account.id, account.name, account.role, account.team)


def _is_known(session: Session, account: Account, device: str | None) -> bool:
    row = session.get(KnownDevice, fingerprint(device)) if device else None
    return row is not None and row.account_id == account.id and row.expires_at > now()


def _remember(session: Session, account: Account) -> str:
    device = new_secret()
    session.add(KnownDevice(hash=fingerprint(device), account_id=account.id, expires_at=now() + DEVICE_LIFE))
    return device
