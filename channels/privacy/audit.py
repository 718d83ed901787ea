"""The audit log: who saw or changed what, by identifiers only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.messages import Json
from channels.people.principal import Principal
from channels.store import cases
from channels.store.database import Database
from channels.store.models import AuditEntry
from clock import now

_SAME_LOOK = timedelta(minutes=10)


def write_audit(session: Session, account_id: str | None, action: str, kind: str, target: str, data: Json | None = None) -> None:
    """Adds a line; `data` is encrypted."""
    session.add(AuditEntry(account_id=account_id, action=action, target_kind=kind, target_id=target, data=data))


@dataclass(frozen=True, slots=True)
class AuditLine:
    """One line of the log. `by` is a display name, None for the system or an account that is gone."""

    at: datetime
    by: str | None
    action: str
    target_kind: str
    target_id: str


class Audit:
    """Reading the log, for administrators and supervisors."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def look(self, who: Principal, action: str, kind: str, target: str = "list") -> None:
        """Somebody looks at people's requests, a list or one (`target`): a line every ten minutes, however often it is read."""
        recent = select(AuditEntry.id).where(
            AuditEntry.account_id == who.account_id, AuditEntry.action == action, AuditEntry.target_id == target,
            AuditEntry.created_at > now() - _SAME_LOOK).limit(1)
        if await self._db.read(lambda session: session.scalar(recent)) is None:
            await self._db.write(lambda session: write_audit(session, who.account_id, action, kind, target))

    async def lines(self, who: Principal, *, target_id: str | None = None, limit: int = 200) -> Sequence[AuditLine]:
        """The newest lines first."""
        who.need(who.supervises)
        return await self._db.read(lambda session: _lines(session, target_id, min(limit, 1000)))


def _lines(session: Session, target_id: str | None, limit: int) -> list[AuditLine]:
    query = select(AuditEntry).order_by(AuditEntry.created_at.desc()).limit(limit)
    rows = session.scalars(query if target_id is None else query.where(AuditEntry.target_id == target_id)).all()
    names = cases.names(session, {row.account_id for row in rows})
    return [AuditLine(row.created_at, names.get(row.account_id or ""), row.action, row.target_kind, row.target_id)
            for row in rows]
