"""How the helpline is organised: its teams, and what people set in the console instead of in a file."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, String
from sqlalchemy.orm import Mapped, mapped_column

from channels.clock import now
from channels.store.base import Base, Created, RandomId


class Team(RandomId, Created, Base):
    """A team. New cases of its topics (numbers of product.md) and territories (numbers of départements) are its own.

    An empty list means any; a team with both lists empty only gets what is transferred to it.
    """

    __tablename__ = "team"

    name: Mapped[str] = mapped_column(String(60), unique=True)
    topics: Mapped[list[int]] = mapped_column(JSON, default=list)
    territories: Mapped[list[str]] = mapped_column(JSON, default=list)


class ServiceSetting(Base):
    """Something that is set in the console, as JSON. `name`: opening."""

    __tablename__ = "service_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_by: Mapped[str | None] = mapped_column(String(32))
    changed_at: Mapped[datetime] = mapped_column(default=now)
