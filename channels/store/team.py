"""How the helpline is organised: its teams, who is on duty, and what people set in the console instead of in a file."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, ForeignKey, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from channels.store.base import Base, Created, RandomId
from clock import now


class Team(RandomId, Created, Base):
    """A team. New cases of its topics (numbers of product.md) and territories (numbers of départements) are its own.

    An empty list means any; a team with both lists empty only gets what is transferred to it.
    """

    __tablename__ = "team"

    name: Mapped[str] = mapped_column(String(60), unique=True)
    topics: Mapped[list[int]] = mapped_column(JSON, default=list)
    territories: Mapped[list[str]] = mapped_column(JSON, default=list)


class Duty(RandomId, Created, Base):
    """A shift of the rota: every `weekday` (0 = Monday), or on one `day`. `starts`, `ends`: « HH:MM » on the Paris clock.

    `team`: only for that team's cases; None: for everybody's.
    """

    __tablename__ = "duty"

    account_id: Mapped[str] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    weekday: Mapped[int | None] = mapped_column(Integer)
    day: Mapped[date | None] = mapped_column(Date)
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5))
    team: Mapped[str | None] = mapped_column(String(60))


class ServiceSetting(Base):
    """Something that is set in the console, as JSON. `name`: opening; purge (when it last ran), keys (their fingerprint)."""

    __tablename__ = "service_setting"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[Any] = mapped_column(JSON)
    changed_by: Mapped[str | None] = mapped_column(String(32))
    changed_at: Mapped[datetime] = mapped_column(default=now)


class SettingChange(Base):
    """One change of a setting by one person (an account's id): the lines that changed, before and after.

    `undoes` is the number of the change that it took back.
    """

    __tablename__ = "setting_change"

    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    at: Mapped[datetime] = mapped_column(default=now)
    by: Mapped[str] = mapped_column(String(32))
    before: Mapped[dict[str, str]] = mapped_column(JSON)
    after: Mapped[dict[str, str]] = mapped_column(JSON)
    undoes: Mapped[int | None]
