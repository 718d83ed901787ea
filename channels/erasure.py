"""Removes what a person left: rows are deleted (and overwritten by SQLite), the provider's copies are queued for deletion."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from channels.crypto import new_id
from channels.fanout import QUEUE_TOPIC, News, conversation_topic
from channels.messages import Reply
from channels.ports import Ports
from channels.sending import enqueue
from channels.store.database import announce
from channels.store.models import (
    Case,
    Contact,
    ContinuationLink,
    Conversation,
    Feedback,
    Message,
    OutboxRow,
    Ticket,
)

# What the provider keeps a copy of, by our kind of deletion job.
DELETION = "provider_delete"


def erase_conversation(session: Session, conversation: Conversation, farewell: Reply | None = None,
                       ports: Ports | None = None) -> None:
    """Erases a conversation; the contact goes with its last one. `farewell` is sent once more where a number is known."""
    contact = session.get(Contact, conversation.contact_id) if conversation.contact_id else None
    lane, phone = (contact.phone_hash, contact.phone) if contact else ("", "")
    erase_rows(session, [conversation.id])
    if contact is not None and not _threads_left(session, contact.id):
        forget_contact(session, contact)
    port = ports.get(conversation.channel) if ports else None
    if farewell is not None and port is not None and phone:
        for body in port.render([farewell], {}).bodies:
            enqueue(session, OutboxRow(kind="sms", lane=lane, payload={"to": phone, "body": body}))


def erase_rows(session: Session, conversation_ids: Sequence[str]) -> None:
    """Deletes conversations and everything that hangs on them; copies at the provider become deletion jobs."""
    session.flush()
    _queue_deletions(session, conversation_ids)
    for model in (Message, Feedback, Ticket, ContinuationLink, Case):
        session.execute(delete(model).where(model.conversation_id.in_(conversation_ids)))
    session.execute(delete(OutboxRow).where(OutboxRow.conversation_id.in_(conversation_ids), OutboxRow.kind != DELETION))
    session.execute(update(OutboxRow).where(OutboxRow.conversation_id.in_(conversation_ids)).values(conversation_id=None))
    session.execute(delete(Conversation).where(Conversation.id.in_(conversation_ids)))
    session.expunge_all()
    announce(session, *(News(conversation_topic(item), "erased", item) for item in conversation_ids), News(QUEUE_TOPIC, "case"))


def _queue_deletions(session: Session, conversation_ids: Sequence[str]) -> None:
    received = session.execute(select(Message.provider_id, Message.channel).where(
        Message.conversation_id.in_(conversation_ids), Message.provider_id.is_not(None))).all()
    sent = session.execute(select(OutboxRow.provider_sid).where(
        OutboxRow.conversation_id.in_(conversation_ids), OutboxRow.provider_sid.is_not(None))).all()
    sids = {(str(sid), channel) for sid, channel in received if channel != "web"} | {(str(row[0]), "sms") for row in sent}
    for sid, channel in sorted(sids):
        enqueue(session, OutboxRow(kind=DELETION, lane=f"delete:{new_id()}", payload={"sid": sid, "channel": channel}))


def _threads_left(session: Session, contact_id: str) -> bool:
    return session.scalar(select(Conversation.id).where(Conversation.contact_id == contact_id).limit(1)) is not None


def forget_contact(session: Session, contact: Contact) -> None:
    """Removes the number; only the hash of one that said STOP is kept."""
    # A STOP outlives the erasure: without the number's hash we would write to that person again.
    if contact.opted_out_at is None:
        session.execute(delete(Contact).where(Contact.id == contact.id))
    else:
        session.execute(update(Contact).where(Contact.id == contact.id).values(phone="", name=None))
