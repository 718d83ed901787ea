"""Tables of places and offers. One source owns its rows: a newer edition of it replaces them, and nothing else does."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, Date, DateTime, Float, Index, Integer, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from knowledge_base.models import Base


class SourceRow(Base):
    """One source of published facts as it was last loaded and last looked for.

    `origin`: "shipped" (our own tables) or "published" (fetched or read from a folder). `dated`: what date the data
    are of. `digest` is of the file that was loaded; `checked_at` and `failure` are of the last attempt, good or bad.
    """

    __tablename__ = "kb_source"

    id: Mapped[str] = mapped_column(String(60), primary_key=True)
    origin: Mapped[str] = mapped_column(String(12))
    dated: Mapped[date | None] = mapped_column(Date, nullable=True)
    digest: Mapped[str] = mapped_column(String(64), default="")
    facts: Mapped[int] = mapped_column(Integer, default=0)
    loaded_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), nullable=True)
    checked_at: Mapped[datetime | None] = mapped_column(DateTime(timezone=True), nullable=True)
    failure: Mapped[str] = mapped_column(Text, default="")
    etag: Mapped[str] = mapped_column(String(200), default="")
    modified: Mapped[str] = mapped_column(String(80), default="")


class SiteRow(Base):
    """What one source says of one establishment or desk. Several sources may speak of the same `key`.

    `commune` is an INSEE code. `exact` is false when the coordinates are only those of the commune.
    """

    __tablename__ = "kb_site"

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    name: Mapped[str] = mapped_column(String(300))
    type: Mapped[str] = mapped_column(String(24), index=True)
    also: Mapped[list[str]] = mapped_column(JSON, default=list)
    address: Mapped[str] = mapped_column(String(300), default="")
    postcode: Mapped[str] = mapped_column(String(5), default="")
    commune: Mapped[str] = mapped_column(String(5), default="", index=True)
    commune_name: Mapped[str] = mapped_column(String(160), default="")
    lat: Mapped[float | None] = mapped_column(Float, nullable=True)
    lon: Mapped[float | None] = mapped_column(Float, nullable=True)
    exact: Mapped[bool] = mapped_column(Boolean, default=False)
    phone: Mapped[str] = mapped_column(String(40), default="")
    website: Mapped[str] = mapped_column(String(300), default="")
    hours: Mapped[str] = mapped_column(Text, default="")
    boarding: Mapped[str] = mapped_column(String(200), default="")
    url: Mapped[str] = mapped_column(String(300), default="")
    as_of: Mapped[date] = mapped_column(Date)


class OfferRow(Base):
    """What one source says is taught somewhere: a site, a course of `kb_course`, a rhythm, a speciality."""

    __tablename__ = "kb_offer"

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    site: Mapped[str] = mapped_column(String(80), primary_key=True)
    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    rhythm: Mapped[str] = mapped_column(String(16), primary_key=True)
    detail: Mapped[str] = mapped_column(Text, default="")
    capacity: Mapped[int | None] = mapped_column(Integer, nullable=True)
    as_of: Mapped[date] = mapped_column(Date)

    __table_args__ = (Index("ix_kb_offer_course", "course"), Index("ix_kb_offer_site", "site"))


class CourseRow(Base):
    """A course as sources name it: our own plain label, its level, the code it was recognised by."""

    __tablename__ = "kb_course"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    label: Mapped[str] = mapped_column(String(300))
    diploma: Mapped[str] = mapped_column(String(24), default="")
    level: Mapped[int | None] = mapped_column(Integer, nullable=True)
    rncp: Mapped[str] = mapped_column(String(12), default="")
    origin: Mapped[str] = mapped_column(String(60), default="shipped")


class CourseSheetRow(Base):
    """Which sheet a course belongs to. `relation`: "est" (it is that diploma) or "mene" (a first year that leads to it)."""

    __tablename__ = "kb_course_sheet"

    course: Mapped[str] = mapped_column(String(80), primary_key=True)
    sheet: Mapped[str] = mapped_column(String(140), primary_key=True)
    relation: Mapped[str] = mapped_column(String(8), default="est")

    __table_args__ = (Index("ix_kb_course_sheet_sheet", "sheet"),)


class CoverRow(Base):
    """A territory (INSEE code of a commune, or code of an EPCI or of a département) that a site serves."""

    __tablename__ = "kb_cover"

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    site: Mapped[str] = mapped_column(String(80), primary_key=True)
    territory: Mapped[str] = mapped_column(String(12), primary_key=True, index=True)
    as_of: Mapped[date] = mapped_column(Date)


class HiringRow(Base):
    """How many people employers of an employment area mean to hire in a year, and how many they expect to find hardly."""

    __tablename__ = "kb_hiring"

    source: Mapped[str] = mapped_column(String(60), primary_key=True)
    area: Mapped[str] = mapped_column(String(8), primary_key=True)
    job: Mapped[str] = mapped_column(String(8), primary_key=True)
    year: Mapped[int] = mapped_column(Integer)
    area_name: Mapped[str] = mapped_column(String(80))
    departement: Mapped[str] = mapped_column(String(3))
    job_name: Mapped[str] = mapped_column(String(200))
    projects: Mapped[int | None] = mapped_column(Integer, nullable=True)
    hard: Mapped[int | None] = mapped_column(Integer, nullable=True)
    seasonal: Mapped[int | None] = mapped_column(Integer, nullable=True)


class JobRomeRow(Base):
    """Which ROME codes a job of the recruitment survey (FAP) holds."""

    __tablename__ = "kb_job_rome"

    job: Mapped[str] = mapped_column(String(8), primary_key=True)
    rome: Mapped[str] = mapped_column(String(5), primary_key=True, index=True)


class SiteCorrectionRow(Base):
    """What the agency corrected of a place; it lies over every source and outlives every refresh."""

    __tablename__ = "kb_site_correction"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    values: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    by: Mapped[str] = mapped_column(String(64), default="")
