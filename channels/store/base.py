"""The declarative base: names of constraints are fixed so that migrations can speak of them."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import MetaData, String
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from channels.privacy.crypto import new_id
from channels.store.types import UtcDateTime
from clock import now

NAMES = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Base of every table of the conversations' database."""

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map = {datetime: UtcDateTime}  # noqa: RUF012 - SQLAlchemy's own class attribute


class RandomId:
    """A primary key that tells nothing: 32 random hexadecimal digits."""

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)


class Created:
    """When the row was written."""

    created_at: Mapped[datetime] = mapped_column(default=now, index=True)
