"""Removes what a person left: rows are deleted (and overwritten by SQLite), the provider's copies are queued for deletion."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from channels.conversation.fanout import OUTBOX_TOPIC, QUEUE_TOPIC, News, conversation_topic
from channels.delivery.sending import enqueue
from channels.messages import Reply
from channels.ports import Ports
from channels.privacy.crypto import new_id
from channels.store.database import announce, shred
from channels.store.models import (
    Case,
    Contact,
    ContinuationLink,
    Conversation,
    Feedback,
    Message,
    OutboxRow,
    OutboxState,
    SignUp,
    Ticket,
)
from clock import now

# What the provider keeps a copy of, by our kind of deletion job.
DELETION = "provider_delete"
# In a payload: once the provider has it, its copy there is deleted too.
FORGET = "forget"


def erase_conversation(session: Session, conversation: Conversation, farewell: Reply | None = None,
                       ports: Ports | None = None) -> None:
    """Erases a conversation; the contact goes with its last one. `farewell` is sent once more where a number is known.

    Asked for by a number (SMS, phone), everything of that number goes, on every channel.
    """
    contact = session.get(Contact, conversation.contact_id) if conversation.contact_id else None
    lane, phone = (contact.phone_hash, contact.phone) if contact else ("", "")
    port = ports.get(conversation.channel) if ports else None
    everything = contact is not None and conversation.channel != "web"
    erase_rows(session, _threads(session, conversation.contact_id) if everything else [conversation.id])
    if contact is not None and not _threads(session, contact.id):
        forget_contact(session, contact)
    if farewell is not None and port is not None and phone:
        for body in port.render([farewell], {}).bodies:
            enqueue(session, OutboxRow(kind="sms", lane=lane, payload={"to": phone, "body": body, FORGET: True}))


def erase_rows(session: Session, conversation_ids: Sequence[str]) -> None:
    """Deletes conversations and everything that hangs on them; copies at the provider become deletion jobs."""
    session.flush()
    _queue_deletions(session, conversation_ids)
    for model in (Message, Feedback, Ticket, ContinuationLink, Case, SignUp):
        session.execute(delete(model).where(model.conversation_id.in_(conversation_ids)))
    session.execute(delete(OutboxRow).where(OutboxRow.conversation_id.in_(conversation_ids), OutboxRow.kind != DELETION))
    session.execute(update(OutboxRow).where(OutboxRow.conversation_id.in_(conversation_ids)).values(conversation_id=None))
    session.execute(delete(Conversation).where(Conversation.id.in_(conversation_ids)))
    shred(session, conversation_ids)
    session.expunge_all()
    announce(session, *(News(conversation_topic(item), "erased", item) for item in conversation_ids), News(QUEUE_TOPIC, "case"))


def _queue_deletions(session: Session, conversation_ids: Sequence[str]) -> None:
    received = session.execute(select(Message.provider_id, Message.channel).where(
        Message.conversation_id.in_(conversation_ids), Message.provider_id.is_not(None))).all()
    sent = session.execute(select(OutboxRow.provider_sid).where(
        OutboxRow.conversation_id.in_(conversation_ids), OutboxRow.provider_sid.is_not(None))).all()
    # Ids of ours (imported files, live lines) mean nothing to the provider; a turn of a call is « CallSid:turn ».
    theirs = {(str(sid).partition(":")[0], channel) for sid, channel in received if str(sid).startswith(("SM", "MM", "CA"))}
    sids = theirs | {(str(row[0]), "sms") for row in sent}
    for sid, channel in sorted(sids):
        enqueue(session, OutboxRow(kind=DELETION, lane=f"delete:{new_id()}", payload={"sid": sid, "channel": channel}))


def _threads(session: Session, contact_id: str | None) -> list[str]:
    return list(session.scalars(select(Conversation.id).where(Conversation.contact_id == contact_id)))


def forget_contact(session: Session, contact: Contact) -> None:
    """Removes the number and its key; only the hash of one that said STOP is kept, in a new row without a number."""
    # A STOP outlives the erasure: without the number's hash we would write to that person again.
    opted_out_at, phone_hash = contact.opted_out_at, contact.phone_hash
    session.execute(delete(SignUp).where(SignUp.contact_id == contact.id))
    session.execute(delete(Contact).where(Contact.id == contact.id))
    shred(session, [contact.id])
    session.expunge_all()
    if opted_out_at is not None:
        session.add(Contact(phone="", phone_hash=phone_hash, opted_out_at=opted_out_at))
        session.flush()


@dataclass(frozen=True, slots=True)
class ProviderCopies:
    """Copies at the provider still to be deleted: `waiting` by themselves, `failed` with the reason of each ("sid": "code")."""

    waiting: int
    failed: dict[str, str]


def provider_copies(session: Session) -> ProviderCopies:
    """Where the deletions at the provider are; the sids say nothing about a person."""
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == DELETION)).all()
    failed = {str(row.payload.get("sid", row.id)): row.error_code or "?" for row in rows if row.state == OutboxState.FAILED}
    return ProviderCopies(sum(row.state in {OutboxState.PENDING, OutboxState.SENDING} for row in rows), failed)


def retry_deletions(session: Session) -> int:
    """Deletions at the provider that failed are tried again; returns how many."""
    rows = session.scalars(select(OutboxRow).where(OutboxRow.kind == DELETION, OutboxRow.state == OutboxState.FAILED)).all()
    for row in rows:
        row.state, row.attempts, row.next_attempt_at, row.error_code = OutboxState.PENDING, 0, now(), None
    if rows:
        announce(session, News(OUTBOX_TOPIC, "row"))
    return len(rows)
