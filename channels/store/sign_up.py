"""Who comes to a session of the agenda (knowledge_base/agenda): signed up, waiting for a place, or called up for one."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.base import Base, Created, RandomId
from channels.store.types import EncryptedText


class SignUpState(StrEnum):
    """signed, or waiting → offered (a place is kept until `offered_until`) → signed; cancelled, lapsed and dropped are over.

    dropped: the session was cancelled, and the person was told.
    """

    SIGNED = "signed"
    WAITING = "waiting"
    OFFERED = "offered"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    DROPPED = "dropped"


LIVE = (SignUpState.SIGNED, SignUpState.WAITING, SignUpState.OFFERED)
HOLDS_A_PLACE = (SignUpState.SIGNED, SignUpState.OFFERED)


class SignUp(RandomId, Created, Base):
    """One person for one session. Title, place and times are kept as they were told, so that all can be said without the agenda.

    `conversation_id`: where it was asked for; the number, confirmed, is the contact's.
    """

    __tablename__ = "sign_up"

    session_id: Mapped[str] = mapped_column(String(16), index=True)
    title: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(500))
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime] = mapped_column(index=True)
    contact_id: Mapped[str] = mapped_column(ForeignKey("contact.id", ondelete="CASCADE"), index=True)
    conversation_id: Mapped[str | None] = mapped_column(ForeignKey("conversation.id", ondelete="CASCADE"), index=True)
    name: Mapped[str | None] = mapped_column(EncryptedText)
    state: Mapped[str] = mapped_column(String(10), default=SignUpState.SIGNED)
    offered_until: Mapped[datetime | None]
    reminded_at: Mapped[datetime | None]
