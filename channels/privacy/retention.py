"""The purge: applies the periods of the register (channels/privacy/register.py) and says what it removed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from channels.people.lockout import FORGOTTEN_AFTER
from channels.privacy.erasure import DELETION, erase_rows, forget_contact, retry_deletions
from channels.privacy.old_conversations import Masking
from channels.privacy.register import REGISTER, Entry
from channels.privacy.unusual import unusual
from channels.settings import Settings
from channels.store.database import Database
from channels.store.models import (
    OPEN_STATES,
    AuditEntry,
    Callback,
    CallbackState,
    Case,
    ConsoleSession,
    Contact,
    ContinuationLink,
    Conversation,
    KnownDevice,
    LoginAttempts,
    Message,
    OneTimeLink,
    OptOutEntry,
    OutboxRow,
    OutboxState,
    SignUp,
    Ticket,
)
from clock import now

log = structlog.get_logger(__name__)
_CHUNK = 200
# Looked up for each row by the index: a list of all of them would grow with the years.
_HAS_CASE = select(Case.id).where(Case.conversation_id == Conversation.id)


class Retention:
    """The purge."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db, self._settings, self._masking = db, settings, Masking(db, settings)

    async def apply(self, *, told: bool = False) -> dict[str, int]:
        """Removes what is past its time; returns how much of each kind.

        Raises:
            Conflict: nothing was written for so long, or so much would go, that the clock may be wrong; not when `told` to.
        """
        if not told:
            await self._db.read(lambda session: unusual(session, self._settings))
        removed = {entry.name: await self._purge(entry) for entry in REGISTER if entry.setting is not None}
        removed["masked"] = await self._masking.apply()
        removed["contacts"] = await self._db.write(_lonely_contacts)
        removed["technical"] = await self._db.write(_technical)
        removed["provider_retries"] = await self._db.write(retry_deletions)
        removed["ledger"] = await asyncio.to_thread(self._forget_erasures)
        await asyncio.to_thread(self._db.compact)
        log.info("purged", **removed)
        return removed

    def _forget_erasures(self) -> int:
        """What was erased longer ago than anything is kept would be purged from a restored backup anyway."""
        longest = max(getattr(self._settings, entry.setting) for entry in REGISTER if entry.setting)
        return self._db.ledger.forget((now() - timedelta(days=longest)).date()) if self._db.ledger else 0

    async def _purge(self, entry: Entry) -> int:
        before = now() - timedelta(days=getattr(self._settings, str(entry.setting)))
        purge = _PURGES[entry.name]
        total = 0
        while found := await self._db.write(lambda session: purge(session, before)):
            total += found
        return total


def _conversations(session: Session, before: datetime) -> int:
    return _erase(session, list(session.scalars(select(Conversation.id).where(
        Conversation.last_activity_at < before, ~_HAS_CASE.exists()).limit(_CHUNK))))


def _cases(session: Session, before: datetime) -> int:
    return _erase(session, list(session.scalars(select(Conversation.id).where(
        Conversation.last_activity_at < before, _HAS_CASE.exists(),
        ~_HAS_CASE.where(Case.state.in_(OPEN_STATES)).exists()).limit(_CHUNK))))


def _erase(session: Session, ids: list[str]) -> int:
    if ids:
        erase_rows(session, ids)
    return len(ids)


def _transcripts(session: Session, before: datetime) -> int:
    """What was said on the phone goes; the case, its summary and its notes keep their own time."""
    spoken = Message.provider_id.like("import:%") | Message.provider_id.like("live:%")
    return _delete(session, delete(Message).where(Message.channel == "phone", Message.created_at < before, spoken))


def _callbacks(session: Session, before: datetime) -> int:
    return _delete(session, delete(Callback).where(Callback.ends_at < before, Callback.state != CallbackState.PLANNED))


def _sign_ups(session: Session, before: datetime) -> int:
    return _delete(session, delete(SignUp).where(SignUp.ends_at < before))


def _audit(session: Session, before: datetime) -> int:
    return _delete(session, delete(AuditEntry).where(AuditEntry.created_at < before))


def _opt_outs(session: Session, before: datetime) -> int:
    return _delete(session, delete(OptOutEntry).where(OptOutEntry.created_at < before))


_PURGES: dict[str, Callable[[Session, datetime], int]] = {
    "conversations": _conversations, "cases": _cases, "transcripts": _transcripts,
    "callbacks": _callbacks, "sign_ups": _sign_ups, "audit": _audit, "opt_outs": _opt_outs}


def _lonely_contacts(session: Session) -> int:
    rows = session.scalars(select(Contact).where(
        Contact.phone_hash.is_not(None), Contact.opted_out_at.is_(None),
        ~select(Conversation.id).where(Conversation.contact_id == Contact.id).exists(),
        ~select(SignUp.id).where(SignUp.contact_id == Contact.id).exists())).all()
    for row in rows:
        forget_contact(session, row)
    return len(rows)


def _technical(session: Session) -> int:
    """Links, tickets and sessions that are over; what left by the outbox without a conversation to hang on."""
    instant = now()
    ends = (Ticket, ContinuationLink, OneTimeLink, ConsoleSession, KnownDevice)
    gone = [delete(model).where(model.expires_at < instant) for model in ends]
    gone.append(delete(LoginAttempts).where(LoginAttempts.last_at < instant - FORGOTTEN_AFTER))
    finished = (OutboxState.SENT, OutboxState.DELIVERED, OutboxState.BLOCKED)
    gone.append(delete(OutboxRow).where(OutboxRow.conversation_id.is_(None), OutboxRow.alert_id.is_(None),
                                        OutboxRow.state.in_(finished), OutboxRow.created_at < instant - timedelta(days=7)))
    # A deletion at the provider that failed stays, however old: somebody must see it.
    gone.append(delete(OutboxRow).where(OutboxRow.kind == DELETION, OutboxRow.state == OutboxState.SENT))
    return sum(_delete(session, statement) for statement in gone)


def _delete(session: Session, statement: object) -> int:
    return int(session.execute(statement).rowcount)  # type: ignore[call-overload]
