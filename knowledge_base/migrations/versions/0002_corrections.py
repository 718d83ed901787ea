"""What is corrected in the console, and its history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "kb_correction",
        sa.Column("kind", sa.String(16), primary_key=True),
        sa.Column("id", sa.String(120), primary_key=True),
        sa.Column("values", sa.JSON, nullable=False),
        sa.Column("base", sa.JSON, nullable=False),
    )
    op.create_table(
        "kb_change",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("sheet_id", sa.String(120), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("before", sa.JSON, nullable=False),
        sa.Column("after", sa.JSON, nullable=False),
        sa.Column("undoes", sa.Integer, nullable=True),
    )
    op.create_index("ix_kb_change_sheet", "kb_change", ["kind", "sheet_id"])


def downgrade() -> None:
    op.drop_table("kb_change")
    op.drop_table("kb_correction")
