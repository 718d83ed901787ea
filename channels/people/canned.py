"""Ready sentences of advisors: one's own, and those shared by all (supervisors and editors write these)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from channels.errors import Forbidden, Invalid, NotFound
from channels.people.principal import Principal
from channels.store.database import Database
from channels.store.models import CannedReply


@dataclass(frozen=True, slots=True)
class CannedView:
    """A ready sentence."""

    id: str
    shortcut: str
    title: str
    text: str
    shared: bool


class Canned:
    """Listing and writing ready sentences."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def list(self, who: Principal) -> Sequence[CannedView]:
        """One's own and the shared ones, by shortcut."""
        def work(session: Session) -> list[CannedView]:
            mine = or_(CannedReply.account_id == who.account_id, CannedReply.account_id.is_(None))
            return [_view(row) for row in session.scalars(select(CannedReply).where(mine).order_by(CannedReply.shortcut))]

        return await self._db.read(work)

    async def save(self, who: Principal, shortcut: str, title: str, text: str, *, shared: bool = False,
                   id: str | None = None) -> CannedView:
        """Writes a new one, or changes the one with this id."""
        if not (shortcut.strip() and text.strip()):
            raise Invalid("Il faut un raccourci et un texte.")

        def work(session: Session) -> CannedView:
            row = _writable(session, who, id) if id else CannedReply()
            _may_share(who, shared)
            row.account_id = None if shared else who.account_id
            row.shortcut, row.title, row.text = shortcut.strip()[:40], title.strip()[:120], text.strip()[:2000]
            session.add(row)
            session.flush()
            return _view(row)

        return await self._db.write(work)

    async def delete(self, who: Principal, id: str) -> None:
        """Removes one."""
        await self._db.write(lambda session: session.delete(_writable(session, who, id)))


def _may_share(who: Principal, shared: bool) -> None:
    if shared and not (who.supervises or who.edits):
        raise Forbidden


def _writable(session: Session, who: Principal, id: str) -> CannedReply:
    row = session.get(CannedReply, id)
    if row is None or row.account_id not in {None, who.account_id}:
        raise NotFound("Cette réponse type n'existe pas.")
    _may_share(who, row.account_id is None)
    return row


def _view(row: CannedReply) -> CannedView:
    return CannedView(row.id, row.shortcut, row.title, row.text, row.account_id is None)
