"""How many SMS of one number the assistant answers in a row. What exceeds it is kept, and still read for distress.

A loop between two machines, or somebody who plays with the number, must cost neither money nor the others' place. STOP,
EFFACER, a person, a call-back are never held back: only questions to the assistant are.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from channels.store.models import Author, Contact, Conversation, Message, OutboxRow, OutboxState
from clock import now

MOST, WITHIN = 30, timedelta(minutes=10)
_AN_HOUR, _TOLD_MOST = timedelta(hours=1), 4
TOO_MANY = "too_many"  # the `failure` of a message that was kept and not answered


def too_fast(session: Session, conversation: Conversation, message: Message, factor: float) -> bool:
    """True when this number wrote more than the assistant answers in ten minutes; `factor` 0 means never."""
    if not factor or conversation.channel != "sms":
        return False
    return _count(session, conversation, message) > MOST * factor


def already_told(session: Session, conversation: Conversation, message: Message) -> bool:
    """True when the person was told so in these ten minutes."""
    return _count(session, conversation, message, Message.failure == TOO_MANY) > 0


def told_often(session: Session, contact: Contact) -> bool:
    """True when somebody who said STOP was told several times in this hour who we are and how to come back."""
    sent = select(func.count()).select_from(OutboxRow).where(
        OutboxRow.lane == contact.phone_hash, OutboxRow.created_at > now() - _AN_HOUR, OutboxRow.state != OutboxState.BLOCKED)
    return (session.scalar(sent) or 0) >= _TOLD_MOST


def _count(session: Session, conversation: Conversation, message: Message, *which: ColumnElement[bool]) -> int:
    session.flush()
    query = select(func.count()).select_from(Message).where(
        Message.conversation_id == conversation.id, Message.author == Author.CITIZEN,
        Message.created_at > message.created_at - WITHIN, *which)
    return session.scalar(query) or 0
