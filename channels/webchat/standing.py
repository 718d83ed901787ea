"""Where a person stands: their place in the queue, or the first name of the advisor who answers."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.store.database import Database
from channels.store.models import Account, Case, CaseState, Conversation


@dataclass(frozen=True, slots=True)
class Standing:
    """`queue_position` is 1 for the next one; None when not waiting. `advisor_name` is a first name; `seen` how far they read."""

    queue_position: int | None = None
    advisor_name: str | None = None
    seen: int | None = None


class Standings(Protocol):
    """Who stands where."""

    async def of(self, conversation_id: str) -> Standing:
        """The standing of a conversation."""
        ...

    async def first_names(self, accounts: Collection[str]) -> dict[str, str]:
        """First names by account id."""
        ...


class DatabaseStandings:
    """Read from the conversations' database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def of(self, conversation_id: str) -> Standing:
        """The standing of a conversation."""
        return await self._database.read(lambda session: standing_of(session, conversation_id))

    async def first_names(self, accounts: Collection[str]) -> dict[str, str]:
        """First names by account id."""
        return await self._database.read(lambda session: first_names(session, accounts))


def standing_of(session: Session, conversation_id: str) -> Standing:
    """The standing of a conversation, from its newest open case."""
    case = session.scalars(
        select(Case).where(Case.conversation_id == conversation_id).order_by(Case.id.desc()).limit(1)).first()
    if case is None:
        return Standing()
    if case.state == CaseState.HUMAN and case.owner_id:
        read = session.scalar(select(Conversation.advisor_seen_seq).where(Conversation.id == conversation_id))
        return Standing(advisor_name=first_names(session, {case.owner_id}).get(case.owner_id), seen=read or None)
    return Standing(queue_position=_position(session, case)) if case.state == CaseState.QUEUED else Standing()


def _position(session: Session, case: Case) -> int:
    before = select(func.count()).where(Case.state == CaseState.QUEUED, Case.queued_at < case.queued_at)
    return int(session.scalar(before) or 0) + 1


def first_names(session: Session, accounts: Collection[str]) -> dict[str, str]:
    """First names by account id: what a citizen may know of an advisor."""
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(accounts))).tuples()
    return {account: name.split()[0] for account, name in rows if name and name.strip()}
