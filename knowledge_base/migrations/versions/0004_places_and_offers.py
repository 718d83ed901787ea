"""Establishments and desks, what they offer, what they cover, and who recruits."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def _text(name: str, length: int, *, key: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.String(length), primary_key=key, nullable=False)


def upgrade() -> None:
    _sources_and_sites()
    _offers()
    _territories_and_hiring()


def _sources_and_sites() -> None:
    op.create_table(
        "kb_source",
        _text("id", 60, key=True),
        _text("origin", 12),
        sa.Column("dated", sa.Date, nullable=True),
        _text("digest", 64),
        sa.Column("facts", sa.Integer, nullable=False),
        sa.Column("loaded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("checked_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failure", sa.Text, nullable=False),
        _text("etag", 200),
        _text("modified", 80),
    )
    op.create_table(
        "kb_site",
        _text("source", 60, key=True),
        _text("key", 80, key=True),
        _text("name", 300),
        _text("type", 24),
        sa.Column("also", sa.JSON, nullable=False),
        _text("address", 300),
        _text("postcode", 5),
        _text("commune", 5),
        _text("commune_name", 160),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("exact", sa.Boolean, nullable=False),
        _text("phone", 40),
        _text("website", 300),
        sa.Column("hours", sa.Text, nullable=False),
        _text("boarding", 200),
        _text("url", 300),
        sa.Column("as_of", sa.Date, nullable=False),
    )
    op.create_index("ix_kb_site_type", "kb_site", ["type"])
    op.create_index("ix_kb_site_commune", "kb_site", ["commune"])
    op.create_table(
        "kb_site_correction",
        _text("key", 80, key=True),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        _text("by", 64),
    )


def _offers() -> None:
    op.create_table(
        "kb_offer",
        _text("source", 60, key=True),
        _text("site", 80, key=True),
        _text("course", 80, key=True),
        _text("rhythm", 16, key=True),
        sa.Column("detail", sa.Text, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=True),
        sa.Column("as_of", sa.Date, nullable=False),
    )
    op.create_index("ix_kb_offer_course", "kb_offer", ["course"])
    op.create_index("ix_kb_offer_site", "kb_offer", ["site"])
    op.create_table(
        "kb_course",
        _text("key", 80, key=True),
        _text("label", 300),
        _text("diploma", 24),
        sa.Column("level", sa.Integer, nullable=True),
        _text("rncp", 12),
        _text("origin", 60),
    )
    op.create_table(
        "kb_course_sheet", _text("course", 80, key=True), _text("sheet", 140, key=True), _text("relation", 8)
    )
    op.create_index("ix_kb_course_sheet_sheet", "kb_course_sheet", ["sheet"])


def _territories_and_hiring() -> None:
    op.create_table(
        "kb_cover",
        _text("source", 60, key=True),
        _text("site", 80, key=True),
        _text("territory", 12, key=True),
        sa.Column("as_of", sa.Date, nullable=False),
    )
    op.create_index("ix_kb_cover_territory", "kb_cover", ["territory"])
    op.create_table(
        "kb_hiring",
        _text("source", 60, key=True),
        _text("area", 8, key=True),
        _text("job", 8, key=True),
        sa.Column("year", sa.Integer, nullable=False),
        _text("area_name", 80),
        _text("departement", 3),
        _text("job_name", 200),
        sa.Column("projects", sa.Integer, nullable=True),
        sa.Column("hard", sa.Integer, nullable=True),
        sa.Column("seasonal", sa.Integer, nullable=True),
    )
    op.create_table("kb_job_rome", _text("job", 8, key=True), _text("rome", 5, key=True))
    op.create_index("ix_kb_job_rome_rome", "kb_job_rome", ["rome"])


def downgrade() -> None:
    for table in ("job_rome", "hiring", "cover", "course_sheet", "course", "offer", "site_correction", "site", "source"):
        op.drop_table(f"kb_{table}")
