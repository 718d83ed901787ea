"""What people are asked to do for a citizen: cases, their history, notes, call-backs and alerts."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Index, Integer, String, text
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.base import Base, Created, RandomId
from channels.store.types import EncryptedJSON, EncryptedText
from clock import now


class CaseState(StrEnum):
    """The contract's states. queued, human and callback are open; the others are over."""

    QUEUED = "queued"
    HUMAN = "human"
    CALLBACK = "callback"
    ABANDONED = "abandoned"
    CLOSED = "closed"


OPEN_STATES = (CaseState.QUEUED, CaseState.HUMAN, CaseState.CALLBACK)


class Urgency(StrEnum):
    """How soon somebody must look."""

    NORMAL = "normale"
    HIGH = "haute"
    DISTRESS = "detresse"


class CallbackState(StrEnum):
    """planned → done | no_answer (second try planned) | cancelled."""

    PLANNED = "planned"
    DONE = "done"
    NO_ANSWER = "no_answer"
    CANCELLED = "cancelled"


class AlertState(StrEnum):
    """pending → sent | failed (shown in the console until somebody takes the case) → acknowledged.

    `retracted`: the person took it back; nobody is told any more, it is shown until somebody has seen it.
    """

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"
    RETRACTED = "retracted"
    ACKNOWLEDGED = "acknowledged"


class Case(Created, Base):
    """A request that a person takes care of. One open case per conversation.

    `territory` is a département's number. `told_at`, `told_count`: when and how often a waiting person was told their place.
    `reminded_at`: when the advisor on duty was told that nobody takes it.
    """

    __tablename__ = "case_file"
    __table_args__ = (
        Index("uq_case_file_one_open", "conversation_id", unique=True,
              sqlite_where=text("state IN ('queued','human','callback')"),
              postgresql_where=text("state IN ('queued','human','callback')")),
        Index("ix_case_file_state_queued", "state", "queued_at"),
        {"sqlite_autoincrement": True},  # links and audit lines name a case by its number: no other may get it later
    )

    id: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    channel: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(10))
    topic: Mapped[int | None] = mapped_column(Integer)
    public: Mapped[str] = mapped_column(String(20), default="inconnu")
    place: Mapped[str | None] = mapped_column(String(80))
    place_code: Mapped[str | None] = mapped_column(String(12))
    territory: Mapped[str | None] = mapped_column(String(3), index=True)
    urgency: Mapped[str] = mapped_column(String(10), default=Urgency.NORMAL)
    owner_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    team: Mapped[str | None] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[str | None] = mapped_column(String(16))
    returned: Mapped[bool] = mapped_column(Boolean, default=False)
    reopened: Mapped[int] = mapped_column(Integer, default=0)
    summary: Mapped[str] = mapped_column(EncryptedText, default="")
    summary_parts: Mapped[Any | None] = mapped_column(EncryptedJSON)
    queued_at: Mapped[datetime] = mapped_column(default=now)
    claimed_at: Mapped[datetime | None]
    first_reply_at: Mapped[datetime | None]
    closed_at: Mapped[datetime | None]
    last_citizen_at: Mapped[datetime | None]
    last_advisor_at: Mapped[datetime | None]
    snoozed_until: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
    told_at: Mapped[datetime | None]
    told_count: Mapped[int] = mapped_column(Integer, default=0, server_default="0")


class CaseEvent(RandomId, Created, Base):
    """The history of a case: what happened, by whom. `data` is encrypted: it may name people."""

    __tablename__ = "case_event"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(24))
    account_id: Mapped[str | None] = mapped_column(String(32))
    data: Mapped[Any | None] = mapped_column(EncryptedJSON)


class Note(RandomId, Created, Base):
    """What an advisor writes for colleagues; the citizen never sees it."""

    __tablename__ = "note"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    account_id: Mapped[str] = mapped_column(String(32))
    text: Mapped[str] = mapped_column(EncryptedText)


class CallbackKind(StrEnum):
    """A call that we make, or a meeting at a place."""

    CALL = "rappel"
    MEETING = "rendez_vous"


class Callback(RandomId, Created, Base):
    """A promised call or meeting: number, slot, state. `account_id`: the advisor who keeps it; None: whoever is there.

    `verified`: the number had written or called before; any other may be a stranger's, mistyped or given as a joke.
    `place`: where a meeting is. `reminded_at`: when its advisor was reminded.
    """

    __tablename__ = "callback"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    phone: Mapped[str] = mapped_column(EncryptedText)
    phone_hash: Mapped[str] = mapped_column(String(64), index=True)
    name: Mapped[str | None] = mapped_column(EncryptedText)
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    state: Mapped[str] = mapped_column(String(10), default=CallbackState.PLANNED)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    reminded_at: Mapped[datetime | None]
    kind: Mapped[str] = mapped_column(String(12), default=CallbackKind.CALL, server_default="rappel")
    account_id: Mapped[str | None] = mapped_column(String(32), index=True)
    place: Mapped[str | None] = mapped_column(String(160))
    verified: Mapped[bool] = mapped_column(Boolean, default=False, server_default=text("false"))


class Alert(RandomId, Created, Base):
    """Somebody must be told now. `failed` = nobody could be reached: the console shows it until acknowledged.

    `told`: the names of those it was sent to. `error`: who could not be reached and why, also when somebody else was.
    `page_at`: told then, with others; `paged_at`: told; `leader_id`: the alert that it was told with.
    """

    __tablename__ = "alert"

    kind: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str | None] = mapped_column(String(32))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id", ondelete="CASCADE"), index=True)
    state: Mapped[str] = mapped_column(String(12), default=AlertState.PENDING, index=True)
    error: Mapped[str | None] = mapped_column(String(200))
    told: Mapped[str | None] = mapped_column(EncryptedText)
    acknowledged_by: Mapped[str | None] = mapped_column(String(32))
    acknowledged_at: Mapped[datetime | None]
    page_at: Mapped[datetime | None]
    paged_at: Mapped[datetime | None]
    leader_id: Mapped[str | None] = mapped_column(String(32))


class AlertSeen(Base):
    """One person has seen an alert; it stays for the others until somebody takes the case."""

    __tablename__ = "alert_seen"

    alert_id: Mapped[str] = mapped_column(ForeignKey("alert.id", ondelete="CASCADE"), primary_key=True)
    account_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    at: Mapped[datetime] = mapped_column(default=now)
