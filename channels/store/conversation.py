"""A person's address, a conversation, and what is said in it."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, Float, ForeignKey, Index, Integer, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.base import Base, Created, RandomId
from channels.store.types import EncryptedJSON, EncryptedText
from clock import now


class Mode(StrEnum):
    """Who answers, as clients see it. Derived from the case; only channels/case/transitions.py writes it."""

    BOT = "bot"
    QUEUED = "queued"
    HUMAN = "human"
    CALLBACK = "callback"
    CLOSED = "closed"


class Author(StrEnum):
    """Who wrote a message."""

    CITIZEN = "citizen"
    BOT = "bot"
    ADVISOR = "advisor"
    SYSTEM = "system"


class MessageState(StrEnum):
    """Citizen: received → answered | relayed (a person has it) | opted_out. Ours: visible | suppressed (never shown)."""

    RECEIVED = "received"
    ANSWERED = "answered"
    RELAYED = "relayed"
    OPTED_OUT = "opted_out"
    VISIBLE = "visible"
    SUPPRESSED = "suppressed"


class Contact(RandomId, Created, Base):
    """A telephone number that wrote or called; found by keyed hash."""

    __tablename__ = "contact"

    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str | None] = mapped_column(EncryptedText)
    opted_out_at: Mapped[datetime | None]
    last_seen_at: Mapped[datetime] = mapped_column(default=now)


class Conversation(RandomId, Created, Base):
    """One thread with one person on one channel. `id` is what the engine sees; it says nothing about the person.

    `origin`: the keyed hash of the address that a web conversation was opened from, for ceilings a place
    (channels/store/origins.py).
    """

    __tablename__ = "conversation"
    __table_args__ = (Index("ix_conversation_contact_channel", "contact_id", "channel", "created_at"),
                      Index("ix_conversation_origin", "origin", "created_at"))

    channel: Mapped[str] = mapped_column(String(8))
    contact_id: Mapped[str | None] = mapped_column(ForeignKey("contact.id", ondelete="SET NULL"))
    mode: Mapped[str] = mapped_column(String(8), default=Mode.BOT)
    epoch: Mapped[int] = mapped_column(Integer, default=0)
    version: Mapped[int] = mapped_column(Integer, default=0)
    last_seq: Mapped[int] = mapped_column(Integer, default=0)
    misunderstood: Mapped[int] = mapped_column(Integer, default=0)
    greeted: Mapped[bool] = mapped_column(Boolean, default=False)
    engine_state: Mapped[Any | None] = mapped_column(EncryptedJSON)
    form_state: Mapped[Any | None] = mapped_column(EncryptedJSON)
    channel_state: Mapped[Any | None] = mapped_column(EncryptedJSON)
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    expires_at: Mapped[datetime | None]
    last_activity_at: Mapped[datetime] = mapped_column(default=now, index=True)
    citizen_seen_seq: Mapped[int] = mapped_column(Integer, default=0)
    advisor_seen_seq: Mapped[int] = mapped_column(Integer, default=0)
    site_key: Mapped[str | None] = mapped_column(String(64))
    locale: Mapped[str | None] = mapped_column(String(16))
    page_url: Mapped[str | None] = mapped_column(EncryptedText)
    origin: Mapped[str | None] = mapped_column(String(64))
    continued_from: Mapped[str | None] = mapped_column(String(32), index=True)
    masked_at: Mapped[datetime | None]


class Message(RandomId, Created, Base):
    """One message, written once. `seq` orders a conversation without holes of time; `body` holds cards, buttons, forms."""

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("conversation_id", "seq"),
        UniqueConstraint("conversation_id", "client_id"),
        UniqueConstraint("channel", "provider_id"),
        Index("ix_message_state_created", "state", "created_at"),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"))
    seq: Mapped[int] = mapped_column(Integer)
    channel: Mapped[str] = mapped_column(String(8))
    provider_id: Mapped[str | None] = mapped_column(String(80))
    client_id: Mapped[str | None] = mapped_column(String(80))
    author: Mapped[str] = mapped_column(String(8))
    account_id: Mapped[str | None] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(EncryptedText)
    body: Mapped[Any | None] = mapped_column(EncryptedJSON)
    state: Mapped[str] = mapped_column(String(12))
    failure: Mapped[str | None] = mapped_column(String(32))
    epoch: Mapped[int] = mapped_column(Integer)
    intent: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None] = mapped_column(Float)
    ranking: Mapped[Any | None] = mapped_column(EncryptedJSON)
    understood: Mapped[bool | None] = mapped_column(Boolean)
    topic: Mapped[int | None] = mapped_column(Integer)
    in_reply_to: Mapped[str | None] = mapped_column(String(32))


class Ticket(Base):
    """A single-use ticket that opens an event stream without a token in the address."""

    __tablename__ = "ticket"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]


class ContinuationLink(Base):
    """The link of an SMS that goes on in the web chat (`/r/{token}`), single use."""

    __tablename__ = "continuation_link"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Feedback(RandomId, Created, Base):
    """A person's satisfaction, 1 to 5, with an optional comment."""

    __tablename__ = "feedback"

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    case_id: Mapped[int | None] = mapped_column(Integer)
    score: Mapped[int] = mapped_column(Integer)
    comment: Mapped[str | None] = mapped_column(EncryptedText)


class OptOutEntry(RandomId, Created, Base):
    """The log of STOP and START, by number's hash: proof that the wish was obeyed."""

    __tablename__ = "opt_out_log"

    phone_hash: Mapped[str] = mapped_column(String(64), index=True)
    wish: Mapped[str] = mapped_column(String(8))
    word: Mapped[str] = mapped_column(String(24))
    source: Mapped[str] = mapped_column(String(16))
