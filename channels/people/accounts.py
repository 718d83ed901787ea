"""Accounts of advisors and administrators: one-time links, passwords (argon2id), sessions and API keys."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, delete, select, update
from sqlalchemy.orm import Session

from channels.case.views import AccountRow
from channels.errors import Conflict, Invalid, NotFound, Unauthorized
from channels.people import entering, lockout, passwords
from channels.people.entering import Login, principal_of
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.crypto import fingerprint, new_id, new_secret
from channels.store import accounts
from channels.store.database import Database
from channels.store.models import Account, ApiKey, ConsoleSession, KnownDevice, OneTimeLink, Role
from clock import now

LINK_LIFE = timedelta(days=3)
KEY_LIFE = timedelta(days=365)
_KEY_SIGN = timedelta(minutes=1)
_EMAIL = re.compile(r"[^@\s]{1,64}@[^@\s]{1,190}\.[^@\s]{2,}")
_WRONG = "Adresse, mot de passe ou code incorrect."
_CHANGES = frozenset({"name", "role", "team", "capacity", "active", "available"})


@dataclass(frozen=True, slots=True)
class KeyRow:
    """An API key in a list; the key itself is shown once only."""

    id: str
    label: str
    created_at: datetime
    last_used_at: datetime | None
    expires_at: datetime


class Accounts:
    """People of the helpline."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def create(self, email: str, role: str, *, name: str | None = None, team: str | None = None,
                     by: str | None = None) -> str:
        """A new account; returns the secret of its set-password link, good for three days.

        `by`: the account of whoever does it; None: the command line.

        Raises:
            Invalid: not an address, or not a role. Conflict: the address has an account.
        """
        if not _EMAIL.fullmatch(email.strip()):
            raise Invalid("Cette adresse n'est pas valable.")
        return await self._db.write(lambda session: _create(session, email.strip(), _role(role), name, team, by))

    async def new_link(self, email: str, *, by: str | None = None) -> str:
        """Another set-password link for an account; earlier ones die. `by`: as for `create`.

        Raises:
            NotFound: no such account.
        """
        def work(session: Session) -> str:
            account = accounts.by_email(session, email)
            if account is None:
                raise NotFound("Aucun compte pour cette adresse.")
            write_audit(session, by, "link_made", "account", account.id)
            return _link(session, account)

        return await self._db.write(work)

    async def account_of_link(self, secret: str) -> str:
        """The address whose password the link sets.

        Raises:
            NotFound: the link is unknown, used or too old.
        """
        return await self._db.read(lambda session: _account_of_link(session, secret).email)

    async def set_password(self, secret: str, password: str) -> None:
        """Sets the password and uses the link up; every session, key and known device of the account ends.

        Raises:
            Invalid: too short, too long or easy to guess. NotFound: the link is unknown, used or too old.
        """
        hashed = await passwords.hashed(password, await self._db.read(lambda session: _about(session, secret)))

        def work(session: Session) -> None:
            account = _account_of_link(session, secret)
            account.password_hash = hashed
            for ended in (OneTimeLink, ConsoleSession, KnownDevice, ApiKey):
                session.execute(delete(ended).where(ended.account_id == account.id))
            lockout.forgive(session, account.email_hash)
            write_audit(session, account.id, "password_set", "account", account.id)

        await self._db.write(work)

    async def login(self, email: str, password: str, totp: str | None = None, user_agent: str | None = None,
                    device: str | None = None) -> Login:
        """Opens a console session. `device`: what the browser kept of an earlier login, if anything.

        Raises:
            Unauthorized: wrong address, password or code (which one is not said). TooManyRequests: locked for a while.
        """
        tried = await self._db.write(lambda session: entering.begin(session, email, device))
        if tried is None:
            raise lockout.resting()
        if not await passwords.is_right(tried.password_hash, password) or not tried.usable:
            raise Unauthorized(_WRONG)
        login = await self._db.write(lambda session: entering.open_session(session, tried, totp, user_agent))
        if login is None:
            raise Unauthorized(_WRONG)
        return login

    async def prove(self, who: Principal, password: str) -> None:
        """An open session alone does not make keys or take a second factor: the password is asked for again.

        Raises:
            Invalid: it is not theirs. TooManyRequests: wrong too often.
        """
        def work(session: Session) -> tuple[str | None, str] | None:
            account = accounts.need(session, who.account_id)
            key = lockout.key_of(account.email_hash, "password")
            return (account.password_hash, key) if lockout.may_try(session, key) else None

        tried = await self._db.write(work)
        if tried is None:
            raise lockout.resting()
        if not await passwords.is_right(tried[0], password):
            raise Invalid("Ce n'est pas votre mot de passe.")
        await self._db.write(lambda session: lockout.forgive(session, tried[1]))

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

    async def create_key(self, email: str, label: str = "", *, by: str | None = None) -> str:
        """A new personal API key, shown this once, good for a year. `by`: as for `create`.

        Raises:
            NotFound: no such account.
        """
        key = f"pm_{new_secret()}"

        def work(session: Session) -> None:
            account = accounts.find(session, email)
            if account is None:
                raise NotFound("Aucun compte pour cette adresse.")
            session.add(ApiKey(account_id=account.id, hash=fingerprint(key), label=label[:60], expires_at=now() + KEY_LIFE))
            write_audit(session, by, "key_created", "account", account.id)

        await self._db.write(work)
        return key

    async def keys(self, who: Principal) -> Sequence[KeyRow]:
        """One's own keys that still work."""
        def work(session: Session) -> list[KeyRow]:
            return [key_row(row) for row in session.scalars(working_keys().where(ApiKey.account_id == who.account_id))]

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


def working_keys() -> Select[ApiKey]:
    """Keys that are neither revoked nor over, oldest first."""
    return select(ApiKey).where(*_working()).order_by(ApiKey.created_at)


def key_row(row: ApiKey) -> KeyRow:
    """A key as lists show it."""
    return KeyRow(row.id, row.label, row.created_at, row.last_used_at, row.expires_at)


def _working() -> tuple[ColumnElement[bool], ...]:
    return ApiKey.revoked_at.is_(None), ApiKey.expires_at > now()


def _by_key(session: Session, key: str) -> tuple[Principal, bool]:
    """The owner, and True when this key gave no sign of life for a minute."""
    found = session.execute(select(Account, ApiKey.last_used_at).join(ApiKey, ApiKey.account_id == Account.id).where(
        ApiKey.hash == fingerprint(key), *_working(), Account.active)).first()
    if found is None:
        raise Unauthorized("Clé inconnue, révoquée ou expirée.")
    return principal_of(found[0]), found[1] is None or now() - found[1] > _KEY_SIGN


def _seen_by_key(session: Session, key: str) -> None:
    row = session.scalar(select(ApiKey).where(ApiKey.hash == fingerprint(key)))
    account = session.get(Account, row.account_id) if row else None
    if row is not None and account is not None:
        row.last_used_at = account.last_seen_at = now()


def _create(session: Session, email: str, role: Role, name: str | None, team: str | None, by: str | None) -> str:
    if accounts.by_email(session, email) is not None:
        raise Conflict("Cette adresse a déjà un compte.")
    shown = name or email.split("@", 1)[0].replace(".", " ").title()
    account = Account(id=new_id(), email=email, email_hash=accounts.email_hash(session, email), name=shown,
                      role=role, team=team)
    session.add(account)
    session.flush()
    write_audit(session, by, "account_created", "account", account.id)
    return _link(session, account)


def _link(session: Session, account: Account) -> str:
    secret = new_secret()
    session.execute(delete(OneTimeLink).where(OneTimeLink.account_id == account.id))
    session.add(OneTimeLink(hash=fingerprint(secret), account_id=account.id, purpose="password", expires_at=now() + LINK_LIFE))
    return secret


def _about(session: Session, secret: str) -> tuple[str, str]:
    account = _account_of_link(session, secret)
    return account.email, account.name


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
