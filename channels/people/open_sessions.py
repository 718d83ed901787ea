"""A console session that is open: until it is over, revoked, or idle; and only for the second factor while that is missing.

Idle (OWASP ASVS 5, 7.3.1): nobody opened a page or sent a form. What an open page fetches by itself is no sign of a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from channels.errors import Unauthorized
from channels.people.entering import Login, principal_of
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.crypto import fingerprint
from channels.store.database import Database
from channels.store.models import Account, ConsoleSession, ServiceSetting
from clock import now

_NAME = "second_factor"
_TOUCHED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class OpenSessions:
    """Reads the sessions of cookies. `idle`: how long one lasts without a sign of its person."""

    db: Database
    idle: timedelta

    async def of_token(self, token: str, *, acting: bool = False) -> Login:
        """The session of a cookie. `acting`: somebody opened a page or sent a form.

        Raises:
            Unauthorized: unknown, over, idle, revoked, or the account is inactive.
        """
        login, stale = await self.db.read(lambda session: self._read(session, token))
        if acting and stale:
            await self.db.write(lambda session: session.execute(
                update(ConsoleSession).where(ConsoleSession.hash == fingerprint(token)).values(seen_at=now())))
        return login

    async def second_factor_for_all(self) -> bool:
        """True when an administrator made it compulsory."""
        return await self.db.read(_for_all)

    async def require_second_factor(self, who: Principal, *, wanted: bool) -> None:
        """Makes it compulsory for everybody's console, or no longer so.

        Raises:
            Forbidden: not an administrator.
        """
        who.need(who.administers)

        def work(session: Session) -> None:
            row = session.get(ServiceSetting, _NAME) or ServiceSetting(name=_NAME)
            row.value, row.changed_by, row.changed_at = {"for_all": wanted}, who.account_id, now()
            session.add(row)
            write_audit(session, who.account_id, "totp_required" if wanted else "totp_optional", "setting", _NAME)

        await self.db.write(work)

    def _read(self, session: Session, token: str) -> tuple[Login, bool]:
        instant = now()
        found = session.execute(
            select(ConsoleSession, Account).join(Account, Account.id == ConsoleSession.account_id)
            .where(ConsoleSession.hash == fingerprint(token), ConsoleSession.expires_at > instant,
                   ConsoleSession.seen_at > instant - self.idle, ConsoleSession.revoked_at.is_(None), Account.active)).first()
        if found is None:
            raise Unauthorized
        row, account = found
        enrols = not account.totp_enabled and _for_all(session)
        login = Login(token, row.csrf, row.expires_at, principal_of(account), enrols=enrols)
        return login, instant - row.seen_at > _TOUCHED_EVERY


def _for_all(session: Session) -> bool:
    row = session.get(ServiceSetting, _NAME)
    return bool(row and row.value.get("for_all"))
