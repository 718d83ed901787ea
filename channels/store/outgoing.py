"""The outbox: everything that leaves by a provider (SMS, e-mail, deletions), with its lease and its fate."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from channels.privacy.crypto import new_id
from channels.store.base import Base, Created
from channels.store.types import EncryptedJSON
from clock import now


class OutboxState(StrEnum):
    """pending → sending → sent → delivered; failed and blocked are final and shown to people."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    DELIVERED = "delivered"
    FAILED = "failed"
    BLOCKED = "blocked"


class OutboxRow(Created, Base):
    """One thing to send. `payload`: {"to", "body", …} encrypted; `lane`: sent one after the other; `callback_id`: ours,
    in the status address, so that a send whose answer was lost can be found again."""

    __tablename__ = "outbox"
    __table_args__ = (Index("ix_outbox_state_next", "state", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(16))
    lane: Mapped[str] = mapped_column(String(64), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    message_id: Mapped[str | None] = mapped_column(String(32), index=True)
    alert_id: Mapped[str | None] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), index=True)
    payload: Mapped[Any] = mapped_column(EncryptedJSON)
    state: Mapped[str] = mapped_column(String(10), default=OutboxState.PENDING)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    next_attempt_at: Mapped[datetime] = mapped_column(default=now)
    lease_until: Mapped[datetime | None]
    lease_by: Mapped[str | None] = mapped_column(String(32))
    ambiguous: Mapped[bool] = mapped_column(default=False)
    callback_id: Mapped[str] = mapped_column(String(32), unique=True, default=new_id)
    provider_sid: Mapped[str | None] = mapped_column(String(64), index=True)
    provider_status: Mapped[str | None] = mapped_column(String(24))
    error_code: Mapped[str | None] = mapped_column(String(24))
    sent_at: Mapped[datetime | None]
