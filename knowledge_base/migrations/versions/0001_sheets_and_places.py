"""Sheets, their codes, trade titles, mobility, places and the version of the content."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kb_sheet",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("origin", sa.String(16), nullable=False, index=True),
        sa.Column("collection", sa.String(400), nullable=False),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("also", sa.JSON, nullable=False),
        sa.Column("rome", sa.JSON, nullable=False),
        sa.Column("links", sa.JSON, nullable=False),
        sa.Column("topics", sa.JSON, nullable=False),
        sa.Column("publics", sa.JSON, nullable=False),
        sa.Column("source", sa.JSON, nullable=True),
        sa.Column("collected_on", sa.Date, nullable=True),
        sa.Column("valid_from", sa.Date, nullable=True),
        sa.Column("valid_until", sa.Date, nullable=True),
        sa.Column("data", sa.JSON, nullable=False),
        sa.Column("content_hash", sa.String(64), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_on", sa.Date, nullable=True),
    )
    op.create_table(
        "kb_sheet_code",
        sa.Column("scheme", sa.String(12), primary_key=True),
        sa.Column("code", sa.String(24), primary_key=True),
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
    )
    op.create_index("ix_kb_sheet_code_sheet", "kb_sheet_code", ["kind", "id"])
    op.create_table(
        "kb_trade_title",
        sa.Column("origin", sa.String(16), primary_key=True),
        sa.Column("code", sa.String(24), primary_key=True),
        sa.Column("title", sa.String(400), nullable=False),
        sa.Column("rome", sa.String(5), nullable=False, index=True),
        sa.Column("retired_on", sa.Date, nullable=True),
    )
    op.create_table(
        "kb_mobility",
        sa.Column("rome", sa.String(5), primary_key=True),
        sa.Column("target", sa.String(5), primary_key=True),
        sa.Column("step", sa.String(12), nullable=False),
    )
    op.create_table(
        "kb_place",
        sa.Column("kind", sa.String(12), primary_key=True),
        sa.Column("code", sa.String(24), primary_key=True),
        sa.Column("name", sa.String(160), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("lat", sa.Float, nullable=True),
        sa.Column("lon", sa.Float, nullable=True),
        sa.Column("population", sa.Integer, nullable=False),
        sa.Column("departement", sa.String(3), nullable=True),
        sa.Column("epci", sa.String(12), nullable=True),
        sa.Column("bassin", sa.String(12), nullable=True),
        sa.Column("postcodes", sa.JSON, nullable=False),
        sa.Column("aliases", sa.JSON, nullable=False),
        sa.Column("retired_on", sa.Date, nullable=True),
    )
    op.create_table(
        "kb_meta",
        sa.Column("key", sa.String(40), primary_key=True),
        sa.Column("value", sa.Text, nullable=False),
    )


def downgrade() -> None:
    for table in ("kb_meta", "kb_place", "kb_mobility", "kb_trade_title", "kb_sheet_code", "kb_sheet"):
        op.drop_table(table)
