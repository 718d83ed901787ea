"""The table of sessions. Public facts only: who signs up is personal data, and lies elsewhere."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import JSON, Date, DateTime, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge_base.models import Base


class SessionRow(Base):
    """One session. Those that were repeated share `series`. `state`: planned, full or cancelled.

    `commune` is an INSEE code, with the names and codes of its territories read from the places when asked.
    """

    __tablename__ = "kb_session"

    id: Mapped[str] = mapped_column(String(16), primary_key=True)
    series: Mapped[str] = mapped_column(String(16), index=True)
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    ends_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    commune: Mapped[str] = mapped_column(String(24), default="")
    commune_name: Mapped[str] = mapped_column(String(160), default="")
    venue: Mapped[str] = mapped_column(String(300), default="")
    online: Mapped[str] = mapped_column(String(300), default="")
    service: Mapped[str] = mapped_column(String(140), default="")
    sector: Mapped[str] = mapped_column(String(80), default="")
    publics: Mapped[list[str]] = mapped_column(JSON, default=list)
    capacity: Mapped[int | None] = mapped_column(Integer, nullable=True)
    sign_up: Mapped[str] = mapped_column(String(300), default="")
    access: Mapped[str] = mapped_column(Text, default="")
    organiser: Mapped[str] = mapped_column(String(160))
    state: Mapped[str] = mapped_column(String(12), default="planned")
    source: Mapped[str] = mapped_column(String(300))
    as_of: Mapped[date] = mapped_column(Date)
    changed_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    changed_by: Mapped[str] = mapped_column(String(64))

    __table_args__ = (Index("ix_kb_session_ends", "ends_at"),)
