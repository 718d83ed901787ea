"""A person's data on every channel: export and erasure, by telephone number or conversation id."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from channels.errors import NotFound
from channels.privacy.audit import write_audit
from channels.privacy.erasure import ProviderCopies, erase_rows, forget_contact, provider_copies, retry_deletions
from channels.privacy.masking import read_phone
from channels.store import cases, threads
from channels.store.database import Database
from channels.store.models import Callback, Case, Contact, Conversation, Feedback, OptOutEntry, OutboxRow, SignUp


@dataclass(frozen=True, slots=True)
class ErasedReport:
    """What was erased here, and where the copies at the provider are: deleted by the outbox, failures listed and retried."""

    conversations: int
    contacts: int
    copies: ProviderCopies


class Persons:
    """Rights of access and erasure."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def export(self, phone_or_id: str) -> dict[str, Any]:
        """Everything we hold about a person, as JSON-ready data.

        Raises:
            NotFound: we hold nothing under this number or id.
        """
        def work(session: Session) -> dict[str, Any]:
            contact, conversations = _find(session, phone_or_id)
            write_audit(session, None, "person_exported", "person", conversations[0].id if conversations else "contact")
            return {"contact": _contact(contact), "opt_outs": _opt_outs(session, contact),
                    "sign_ups": _sign_ups(session, contact, conversations),
                    "conversations": [_conversation(session, row) for row in conversations]}

        return await self._db.write(work)

    async def erase(self, phone_or_id: str) -> ErasedReport:
        """Erases everything we hold about a person.

        Raises:
            NotFound: we hold nothing under this number or id.
        """
        def work(session: Session) -> ErasedReport:
            contact, conversations = _find(session, phone_or_id)
            ids = [row.id for row in conversations]
            if ids:
                erase_rows(session, ids)
            if contact is not None:
                forget_contact(session, contact)
            write_audit(session, None, "person_erased", "person", ids[0] if ids else "contact")
            session.flush()
            return ErasedReport(len(ids), 1 if contact else 0, provider_copies(session))

        report = await self._db.write(work)
        await asyncio.to_thread(self._db.compact)
        return report

    async def copies(self, *, retry: bool = False) -> ProviderCopies:
        """The deletions at the provider that are not done yet; `retry`: those that failed are tried again first."""
        def work(session: Session) -> ProviderCopies:
            if retry:
                retry_deletions(session)
                session.flush()
            return provider_copies(session)

        return await self._db.write(work)


def _find(session: Session, key: str) -> tuple[Contact | None, Sequence[Conversation]]:
    """The contact and all conversations: of a number, also those where it was left for a call-back."""
    conversation = threads.by_id(session, key.strip())
    phone = None if conversation else read_phone(key)
    contact = session.get(Contact, conversation.contact_id) if conversation and conversation.contact_id else None
    contact = threads.find_contact(session, phone) if phone else contact
    ids = {conversation.id} if conversation else set()
    if contact is not None:
        ids |= set(session.scalars(select(Conversation.id).where(Conversation.contact_id == contact.id)))
    if phone:
        ids |= set(session.scalars(select(Case.conversation_id).join(Callback, Callback.case_id == Case.id).where(
            Callback.phone_hash == threads.lookup_hash(session, phone))))
        # … and those from which a recap was sent to it.
        ids |= set(session.scalars(select(OutboxRow.conversation_id).where(
            OutboxRow.lane == threads.lookup_hash(session, phone), OutboxRow.conversation_id.is_not(None))))
    if not ids and contact is None:
        raise NotFound("Rien n'est enregistré sous ce numéro ou cet identifiant.")
    return contact, session.scalars(select(Conversation).where(Conversation.id.in_(ids)).order_by(Conversation.created_at)).all()


def _contact(contact: Contact | None) -> dict[str, Any] | None:
    if contact is None:
        return None
    return {"phone": contact.phone, "name": contact.name, "since": contact.created_at.isoformat(),
            "opted_out_at": contact.opted_out_at.isoformat() if contact.opted_out_at else None}


def _opt_outs(session: Session, contact: Contact | None) -> list[dict[str, str]]:
    if contact is None:
        return []
    rows = session.scalars(select(OptOutEntry).where(OptOutEntry.phone_hash == contact.phone_hash))
    return [{"at": row.created_at.isoformat(), "wish": row.wish, "word": row.word} for row in rows]


def _sign_ups(session: Session, contact: Contact | None, conversations: Sequence[Conversation]) -> list[dict[str, Any]]:
    by_talk = SignUp.conversation_id.in_([row.id for row in conversations])
    whose = or_(by_talk, SignUp.contact_id == (contact.id if contact else ""))
    rows = session.scalars(select(SignUp).where(whose).order_by(SignUp.starts_at))
    return [{"title": row.title, "place": row.place, "starts_at": row.starts_at.isoformat(), "state": row.state, "name": row.name}
            for row in rows]


def _conversation(session: Session, row: Conversation) -> dict[str, Any]:
    found = session.scalars(select(Case).where(Case.conversation_id == row.id)).all()
    marks = session.scalars(select(Feedback).where(Feedback.conversation_id == row.id)).all()
    return {
        "id": row.id, "channel": row.channel, "since": row.created_at.isoformat(), "context": row.engine_state,
        "messages": [{"at": item.created_at.isoformat(), "author": item.author, "text": item.text}
                     for item in threads.after(session, row.id, 0, limit=100_000)],
        "cases": [_case(session, case) for case in found],
        "page": row.page_url,
        "sent": [{"at": item.created_at.isoformat(), "kind": item.kind, "state": item.state, **_sent(item)}
                 for item in cases.deliveries(session, row.id)],
        "feedback": [{"score": item.score, "comment": item.comment, "at": item.created_at.isoformat()} for item in marks],
    }


def _sent(row: OutboxRow) -> dict[str, Any]:
    return {key: row.payload[key] for key in ("to", "body") if key in (row.payload or {})}


def _case(session: Session, case: Case) -> dict[str, Any]:
    return {"id": case.id, "state": case.state, "summary": case.summary, "outcome": case.outcome,
            "notes": [note.text for note in cases.notes(session, case.id)],
            "history": [{"at": item.created_at.isoformat(), "what": item.kind} for item in cases.history(session, case.id)],
            "callbacks": [{"phone": item.phone, "name": item.name, "starts_at": item.starts_at.isoformat(), "state": item.state}
                          for item in cases.callbacks(session, case.id)]}
