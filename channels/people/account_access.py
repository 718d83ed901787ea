"""By which sessions and keys an account gets in: for its owner, and for administrators."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.errors import NotFound
from channels.people.accounts import KeyRow, key_row, working_keys
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.crypto import fingerprint
from channels.store.database import Database
from channels.store.models import ConsoleSession
from clock import now


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A login that still works. `current`: the one that asks."""

    id: str
    since: datetime
    seen_at: datetime
    device: str
    current: bool


class AccountAccess:
    """Lists, and ends one session; keys are ended by `Accounts.revoke_key`."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def sessions(self, who: Principal, account_id: str, token: str = "") -> Sequence[SessionRow]:
        """Open sessions, newest first."""
        who.need(who.administers or who.account_id == account_id)

        def work(session: Session) -> list[SessionRow]:
            rows = session.scalars(select(ConsoleSession).where(
                ConsoleSession.account_id == account_id, ConsoleSession.revoked_at.is_(None), ConsoleSession.expires_at > now())
                .order_by(ConsoleSession.created_at.desc()))
            mine = fingerprint(token) if token else None
            return [SessionRow(row.id, row.created_at, row.seen_at, device(row.user_agent), row.hash == mine) for row in rows]

        return await self._db.read(work)

    async def end_session(self, who: Principal, session_id: str) -> None:
        """That browser is logged out.

        Raises:
            NotFound: no such session, or it is somebody else's.
        """
        def work(session: Session) -> None:
            row = session.get(ConsoleSession, session_id)
            if row is None or (row.account_id != who.account_id and not who.administers):
                raise NotFound("Cette session n'existe plus.")
            write_audit(session, who.account_id, "session_ended", "account", row.account_id)
            session.delete(row)

        await self._db.write(work)

    async def keys(self, who: Principal) -> dict[str, list[KeyRow]]:
        """Keys that still work, by account, for administrators."""
        who.need(who.administers)

        def work(session: Session) -> dict[str, list[KeyRow]]:
            found: dict[str, list[KeyRow]] = {}
            for row in session.scalars(working_keys()):
                found.setdefault(row.account_id, []).append(key_row(row))
            return found

        return await self._db.read(work)


def device(user_agent: str | None) -> str:
    """« Firefox, Linux » of a browser's long description; « appareil inconnu » when it says nothing we know."""
    said = user_agent or ""
    browsers = (("Firefox", "Firefox"), ("Edg", "Edge"), ("OPR", "Opera"), ("Chrome", "Chrome"), ("Safari", "Safari"))
    systems = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS", "macOS"),
               ("Linux", "Linux"))
    found = [next((name for mark, name in choices if mark in said), "") for choices in (browsers, systems)]
    return ", ".join(filter(None, found)) or "appareil inconnu"
