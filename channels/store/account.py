"""The people of the helpline: accounts, their keys and sessions, their canned replies, and the audit log."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Boolean, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.base import Base, Created, RandomId
from channels.store.types import EncryptedJSON, EncryptedText


class Role(StrEnum):
    """What an account may do; each role may also do what `conseiller` does, except `editeur`."""

    ADVISOR = "conseiller"
    SUPERVISOR = "superviseur"
    EDITOR = "editeur"
    ADMIN = "admin"


class Account(RandomId, Created, Base):
    """An advisor, supervisor, editor or administrator. `password_hash` is argon2id; None until the link was used.

    `phone`: where callers are put through; `duty_phone`: the mobile that gets alerts when this person is on duty.
    `totp_pending`: the secret of a second factor that waits for its first code; `totp_secret` counts until then.
    """

    __tablename__ = "account"

    email: Mapped[str] = mapped_column(EncryptedText)
    email_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(EncryptedText)
    phone: Mapped[str | None] = mapped_column(EncryptedText)
    duty_phone: Mapped[str | None] = mapped_column(EncryptedText)
    role: Mapped[str] = mapped_column(String(12))
    team: Mapped[str | None] = mapped_column(String(60))
    capacity: Mapped[int] = mapped_column(Integer, default=4)
    active: Mapped[bool] = mapped_column(Boolean, default=True)
    available: Mapped[bool] = mapped_column(Boolean, default=True)
    password_hash: Mapped[str | None] = mapped_column(String(200))
    totp_secret: Mapped[str | None] = mapped_column(EncryptedText)
    totp_pending: Mapped[str | None] = mapped_column(EncryptedText)
    totp_enabled: Mapped[bool] = mapped_column(Boolean, default=False)
    totp_last: Mapped[int | None] = mapped_column(Integer)
    last_seen_at: Mapped[datetime | None]


class LoginAttempts(Base):
    """Wrong tries in a row for an address (its keyed hash, with or without an account), from one device or from strange ones."""

    __tablename__ = "login_attempts"

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    failures: Mapped[int] = mapped_column(Integer, default=0)
    last_at: Mapped[datetime]
    rests_until: Mapped[datetime | None]


class KnownDevice(Base):
    """A browser that this person logged in from; strangers' wrong tries do not shut it out."""

    __tablename__ = "known_device"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    expires_at: Mapped[datetime]


class OneTimeLink(Base):
    """A link that sets a password, once."""

    __tablename__ = "one_time_link"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(16))
    expires_at: Mapped[datetime]


class ApiKey(RandomId, Created, Base):
    """A personal key for `/api/advisor/`; only its fingerprint is kept. It ends by itself."""

    __tablename__ = "api_key"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    label: Mapped[str] = mapped_column(String(60), default="")
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    expires_at: Mapped[datetime]


class ConsoleSession(RandomId, Created, Base):
    """A login of the console; revocable. `csrf` is compared with the form's own field."""

    __tablename__ = "console_session"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    csrf: Mapped[str] = mapped_column(String(64))
    expires_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    user_agent: Mapped[str | None] = mapped_column(EncryptedText)


class AuditEntry(RandomId, Created, Base):
    """Who saw or changed what. No content, only kinds and identifiers."""

    __tablename__ = "audit"

    account_id: Mapped[str | None] = mapped_column(String(32), index=True)
    action: Mapped[str] = mapped_column(String(40))
    target_kind: Mapped[str] = mapped_column(String(24))
    target_id: Mapped[str] = mapped_column(String(64), index=True)
    data: Mapped[Any | None] = mapped_column(EncryptedJSON)


class CannedReply(RandomId, Created, Base):
    """A ready sentence; `account_id` None means shared by all."""

    __tablename__ = "canned_reply"

    account_id: Mapped[str | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    shortcut: Mapped[str] = mapped_column(String(40))
    title: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(EncryptedText)
