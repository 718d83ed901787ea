"""Tables of the knowledge base. No personal data lies here, so nothing is encrypted."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Date, DateTime, Float, Index, Integer, String, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """Metadata of the knowledge base only (channels has its own)."""


class SheetRow(Base):
    """One sheet of any kind. What is specific to its kind is in `data`, validated by the models of schema_kinds.

    `origin`: "shipped" (comes with the software), "own" (the agency's) or a format of open data.
    `collection`: the folder or file family it was read from; what disappears from it is retired, not deleted.
    """

    __tablename__ = "kb_sheet"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    origin: Mapped[str] = mapped_column(String(16), index=True)
    collection: Mapped[str] = mapped_column(String(400), default="")
    title: Mapped[str] = mapped_column(String(400))
    summary: Mapped[str] = mapped_column(Text)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    rome: Mapped[list[str]] = mapped_column(JSON, default=list)
    links: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    topics: Mapped[list[int]] = mapped_column(JSON, default=list)
    publics: Mapped[list[str]] = mapped_column(JSON, default=list)
    questions: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    source: Mapped[dict[str, Any] | None] = mapped_column(JSON, nullable=True)
    collected_on: Mapped[date | None] = mapped_column(Date, nullable=True)
    valid_from: Mapped[date | None] = mapped_column(Date, nullable=True)
    valid_until: Mapped[date | None] = mapped_column(Date, nullable=True)
    data: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    content_hash: Mapped[str] = mapped_column(String(64))
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    retired_on: Mapped[date | None] = mapped_column(Date, nullable=True)


class SheetCodeRow(Base):
    """A code of a public nomenclature that a sheet carries: how sheets of different origins are linked."""

    __tablename__ = "kb_sheet_code"

    scheme: Mapped[str] = mapped_column(String(12), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    id: Mapped[str] = mapped_column(String(120), primary_key=True)

    __table_args__ = (Index("ix_kb_sheet_code_sheet", "kind", "id"),)


class CorrectionRow(Base):
    """What the console changed of a sheet, kept apart so that it outlives every load of the files.

    `values`: field → what holds now; `base`: field → what the file says. Fields are named as in the content files;
    `retired` is true for a sheet that was withdrawn.
    """

    __tablename__ = "kb_correction"

    kind: Mapped[str] = mapped_column(String(16), primary_key=True)
    id: Mapped[str] = mapped_column(String(120), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    base: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)


class ChangeRow(Base):
    """One change made in the console: who (an account's id, never a name), when, the fields before and after."""

    __tablename__ = "kb_change"

    number: Mapped[int] = mapped_column(Integer, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(16))
    sheet_id: Mapped[str] = mapped_column(String(120))
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by: Mapped[str] = mapped_column(String(64))
    before: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    after: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    undoes: Mapped[int | None] = mapped_column(Integer, nullable=True)

    __table_args__ = (Index("ix_kb_change_sheet", "kind", "sheet_id"),)


class TradeTitleRow(Base):
    """A name of a trade in a public nomenclature (ROME « appellation »), and the ROME code it belongs to."""

    __tablename__ = "kb_trade_title"

    origin: Mapped[str] = mapped_column(String(16), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    title: Mapped[str] = mapped_column(String(400))
    rome: Mapped[str] = mapped_column(String(5), index=True)
    retired_on: Mapped[date | None] = mapped_column(Date, nullable=True)


class MobilityRow(Base):
    """From one trade to a neighbouring one; `step` is "proche" or "evolution"."""

    __tablename__ = "kb_mobility"

    rome: Mapped[str] = mapped_column(String(5), primary_key=True)
    target: Mapped[str] = mapped_column(String(5), primary_key=True)
    step: Mapped[str] = mapped_column(String(12))


class PlaceRow(Base):
    """A commune, a département, an EPCI or an employment area (bassin).

    `code`: INSEE code, département number, SIREN of the EPCI or code of the area; a commune known only from the
    shipped gazetteer has `geo-<number>`. `aliases` are old and short names.
    """

    __tablename__ = "kb_place"

    kind: Mapped[str] = mapped_column(String(12), primary_key=True)
    code: Mapped[str] = mapped_column(String(24), primary_key=True)
    name: Mapped[str] = mapped_column(String(160))
    origin: Mapped[str] = mapped_column(String(16))
    lat: Mapped[float | None] = mapped_column(Float, nullable=True)
    lon: Mapped[float | None] = mapped_column(Float, nullable=True)
    population: Mapped[int] = mapped_column(Integer, default=0)
    departement: Mapped[str | None] = mapped_column(String(3), nullable=True)
    epci: Mapped[str | None] = mapped_column(String(12), nullable=True)
    bassin: Mapped[str | None] = mapped_column(String(12), nullable=True)
    postcodes: Mapped[list[str]] = mapped_column(JSON, default=list)
    aliases: Mapped[list[str]] = mapped_column(JSON, default=list)
    retired_on: Mapped[date | None] = mapped_column(Date, nullable=True)


class MetaRow(Base):
    """Small facts about the base itself, above all `version`: a new random value at every change of content."""

    __tablename__ = "kb_meta"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
