"""Accounts of advisors and administrators: one-time links, passwords (argon2id), sessions and API keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from channels.case.views import AccountRow
from channels.errors import Conflict, Invalid, NotFound, Unauthorized
from channels.people import lockout, passwords, second_factor
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.crypto import fingerprint, new_id, new_secret
from channels.store import accounts
from channels.store.database import Database
from channels.store.models import Account, ApiKey, ConsoleSession, OneTimeLink, Role
from clock import now

LINK_LIFE = timedelta(days=3)
SESSION_LIFE = timedelta(hours=12)
_KEY_SIGN = timedelta(minutes=1)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{2,}")
_WRONG = "Adresse, mot de passe ou code incorrect."
_CHANGES = frozenset({"name", "role", "team", "capacity", "active", "available"})


@dataclass(frozen=True, slots=True)
class Login:
    """An open console session. `token` goes into the cookie; `csrf` into forms."""

    token: str
    csrf: str
    expires_at: datetime
    principal: Principal


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An API key in a list; the key itself is shown once only."""

    id: str
    label: str
    created_at: datetime
    last_used_at: datetime | None


class Accounts:
    """People of the helpline."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def create(self, email: str, role: str, *, name: str | None = None, team: str | None = None) -> str:
        """A new account; returns the secret of its set-password link, good for three days.

        Raises:
            Invalid: not an address, or not a role. Conflict: the address has an account.
        """
        if not _EMAIL.fullmatch(email.strip()):
            raise Invalid("Cette adresse n'est pas valable.")
        return await self._db.write(lambda session: _create(session, email.strip(), _role(role), name, team))

    async def new_link(self, email: str) -> str:
        """Another set-password link for an account; earlier ones die.

        Raises:
            NotFound: no such account.
        """
        def work(session: Session) -> str:
            account = accounts.by_email(session, email)
            if account is None:
                raise NotFound("Aucun compte pour cette adresse.")
            return _link(session, account)

        return await self._db.write(work)

    async def account_of_link(self, secret: str) -> str:
        """The address whose password the link sets.

        Raises:
            NotFound: the link is unknown, used or too old.
        """
        return await self._db.read(lambda session: _account_of_link(session, secret).email)

    async def set_password(self, secret: str, password: str) -> None:
        """Sets the password and uses the link up; every open session of the account ends.

        Raises:
            Invalid: too short or too long. NotFound: the link is unknown, used or too old.
        """
        hashed = await passwords.hashed(password)

        def work(session: Session) -> None:
            account = _account_of_link(session, secret)
            account.password_hash, account.failed_logins, account.locked_until = hashed, 0, None
            session.execute(delete(OneTimeLink).where(OneTimeLink.account_id == account.id))
            session.execute(delete(ConsoleSession).where(ConsoleSession.account_id == account.id))
            write_audit(session, account.id, "password_set", "account", account.id)

        await self._db.write(work)

    async def login(self, email: str, password: str, totp: str | None = None, user_agent: str | None = None) -> Login:
        """Opens a console session.

        Raises:
            Unauthorized: wrong address, password or code (which one is not said). TooManyRequests: locked for a while.
        """
        found = await self._db.read(lambda session: _credentials(session, email))
        if found.locked:
            raise lockout.resting()
        if not await passwords.is_right(found.password_hash, password) or not found.usable:
            await self._db.write(lambda session: lockout.count_failure(session, found.account_id))
            raise Unauthorized(_WRONG)
        login = await self._db.write(lambda session: _open_session(session, found.account_id, totp, user_agent))
        if login is None:
            await self._db.write(lambda session: lockout.count_failure(session, found.account_id))
            raise Unauthorized(_WRONG)
        return login

    async def session(self, token: str) -> Login:
        """The console session of a cookie.

        Raises:
            Unauthorized: unknown, over, revoked, or the account is inactive.
        """
        return await self._db.read(lambda session: _session(session, token))

    async def logout(self, token: str) -> None:
        """Ends a session."""
        await self._db.write(lambda session: session.execute(
            delete(ConsoleSession).where(ConsoleSession.hash == fingerprint(token))))

    async def revoke_sessions(self, who: Principal, account_id: str) -> None:
        """Ends every session of an account: one's own, or anybody's for an administrator."""
        who.need(who.administers or who.account_id == account_id)

        def work(session: Session) -> None:
            session.execute(delete(ConsoleSession).where(ConsoleSession.account_id == account_id))
            write_audit(session, who.account_id, "sessions_revoked", "account", account_id)

        await self._db.write(work)

    async def by_key(self, key: str) -> Principal:
        """The owner of an API key.

        Raises:
            Unauthorized: unknown or revoked, or the account is inactive.
        """
        principal, silent = await self._db.read(lambda session: _by_key(session, key))
        if silent:  # whoever works through another helpdesk is there too
            await self._db.write(lambda session: _seen_by_key(session, key))
        return principal

    async def create_key(self, email: str, label: str = "") -> str:
        """A new personal API key, shown this once.

        Raises:
            NotFound: no such account.
        """
        key = f"pm_{new_secret()}"

        def work(session: Session) -> None:
            account = accounts.find(session, email)
            if account is None:
                raise NotFound("Aucun compte pour cette adresse.")
            session.add(ApiKey(account_id=account.id, hash=fingerprint(key), label=label[:60]))
            write_audit(session, account.id, "key_created", "account", account.id)

        await self._db.write(work)
        return key

    async def keys(self, who: Principal) -> Sequence[KeyRow]:
        """One's own keys that still work."""
        def work(session: Session) -> list[KeyRow]:
            rows = session.scalars(select(ApiKey).where(ApiKey.account_id == who.account_id, ApiKey.revoked_at.is_(None))).all()
            return [KeyRow(row.id, row.label, row.created_at, row.last_used_at) for row in rows]

        return await self._db.read(work)

    async def revoke_key(self, who: Principal, key_id: str) -> None:
        """Ends one of one's own keys (an administrator may end anybody's)."""
        def work(session: Session) -> None:
            row = session.get(ApiKey, key_id)
            if row is None or (row.account_id != who.account_id and not who.administers):
                raise NotFound("Cette clé n'existe pas.")
            row.revoked_at = now()
            write_audit(session, who.account_id, "key_revoked", "account", row.account_id)

        await self._db.write(work)

    async def list(self, who: Principal) -> Sequence[AccountRow]:
        """Everybody: for choosing whom to transfer to, and for administration."""
        who.need(who.sees_cases or who.administers)
        return await self._db.read(lambda session: [AccountRow.of(row) for row in accounts.everybody(session)])

    async def update(self, who: Principal, account_id: str, **changes: Any) -> AccountRow:
        """Changes name, role, team, capacity, active, available. Others' accounts and one's own role: administrators only.

        Raises:
            Invalid: a field that cannot be changed, or a role that does not exist.
        """
        own = account_id == who.account_id and not set(changes) & {"role", "active", "team", "capacity"}
        who.need(who.administers or own)
        if set(changes) - _CHANGES:
            raise Invalid("Ce champ ne se modifie pas.")
        return await self._db.write(lambda session: _update(session, who, account_id, changes))

    async def present(self, who: Principal) -> None:
        """The console's heartbeat: this person is there."""
        await self._db.write(lambda session: session.execute(
            update(Account).where(Account.id == who.account_id).values(last_seen_at=now())))


@dataclass(frozen=True, slots=True)
class _Credentials:
    account_id: str | None
    password_hash: str | None
    usable: bool
    locked: bool


def _credentials(session: Session, email: str) -> _Credentials:
    row = accounts.by_email(session, email)
    if row is None:
        return _Credentials(None, None, False, False)
    return _Credentials(row.id, row.password_hash, row.active and row.password_hash is not None, lockout.rests(row))


def _open_session(session: Session, account_id: str | None, totp: str | None, user_agent: str | None) -> Login | None:
    account = accounts.need(session, account_id or "")
    if not second_factor.passes(account, totp or ""):
        return None
    account.failed_logins, account.locked_until, account.last_seen_at = 0, None, now()
    token, csrf, expires_at = new_secret(), new_secret(), now() + SESSION_LIFE
    session.add(ConsoleSession(account_id=account.id, hash=fingerprint(token), csrf=csrf, expires_at=expires_at, seen_at=now(),
                               user_agent=(user_agent or "")[:200] or None))
    write_audit(session, account.id, "login", "account", account.id)
    return Login(token, csrf, expires_at, _principal(account))


def _session(session: Session, token: str) -> Login:
    found = session.execute(
        select(ConsoleSession, Account).join(Account, Account.id == ConsoleSession.account_id)
        .where(ConsoleSession.hash == fingerprint(token), ConsoleSession.expires_at > now(),
               ConsoleSession.revoked_at.is_(None), Account.active)).first()
    if found is None:
        raise Unauthorized
    return Login(token, found[0].csrf, found[0].expires_at, _principal(found[1]))


def _by_key(session: Session, key: str) -> tuple[Principal, bool]:
    """The owner, and True when this key gave no sign of life for a minute."""
    found = session.execute(select(Account, ApiKey.last_used_at).join(ApiKey, ApiKey.account_id == Account.id).where(
        ApiKey.hash == fingerprint(key), ApiKey.revoked_at.is_(None), Account.active)).first()
    if found is None:
        raise Unauthorized("Clé inconnue ou révoquée.")
    return _principal(found[0]), found[1] is None or now() - found[1] > _KEY_SIGN


def _seen_by_key(session: Session, key: str) -> None:
    row = session.scalar(select(ApiKey).where(ApiKey.hash == fingerprint(key)))
    account = session.get(Account, row.account_id) if row else None
    if row is not None and account is not None:
        row.last_used_at = account.last_seen_at = now()


def _create(session: Session, email: str, role: Role, name: str | None, team: str | None) -> str:
    if accounts.by_email(session, email) is not None:
        raise Conflict("Cette adresse a déjà un compte.")
    shown = name or email.split("@", 1)[0].replace(".", " ").title()
    account = Account(id=new_id(), email=email, email_hash=accounts.email_hash(session, email), name=shown,
                      role=role, team=team)
    session.add(account)
    session.flush()
    write_audit(session, None, "account_created", "account", account.id)
    return _link(session, account)


def _link(session: Session, account: Account) -> str:
    secret = new_secret()
    session.execute(delete(OneTimeLink).where(OneTimeLink.account_id == account.id))
    session.add(OneTimeLink(hash=fingerprint(secret), account_id=account.id, purpose="password", expires_at=now() + LINK_LIFE))
    return secret


def _account_of_link(session: Session, secret: str) -> Account:
    account = session.scalar(select(Account).join(OneTimeLink, OneTimeLink.account_id == Account.id).where(
        OneTimeLink.hash == fingerprint(secret), OneTimeLink.expires_at > now()))
    if account is None:
        raise NotFound("Ce lien est inconnu, déjà utilisé ou expiré.")
    return account


def _update(session: Session, who: Principal, account_id: str, changes: dict[str, Any]) -> AccountRow:
    account = accounts.need(session, account_id)
    if "role" in changes:
        changes["role"] = _role(str(changes["role"]))
    for field, value in changes.items():
        setattr(account, field, value)
    if changes.get("active") is False:
        session.execute(delete(ConsoleSession).where(ConsoleSession.account_id == account_id))
    write_audit(session, who.account_id, "account_changed", "account", account_id, {"fields": sorted(changes)})
    return AccountRow.of(account)


def _role(role: str) -> Role:
    try:
        return Role(role)
    except ValueError as error:
        raise Invalid(f"Rôle inconnu ; valeurs possibles : {', '.join(Role)}.") from error


def _principal(account: Account) -> Principal:
    return Principal(account.id, account.name, account.role, account.team)
