"""The history of what is set in the console: opening hours before and after each change."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009_setting_changes"
down_revision = "0008_duty"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table, empty: what was set before has no history."""
    op.create_table("setting_change",
        sa.Column("number", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(length=32), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("undoes", sa.Integer(), nullable=True),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_setting_change")))
    op.create_index(op.f("ix_setting_change_name"), "setting_change", ["name"])


def downgrade() -> None:
    """Drops it."""
    op.drop_table("setting_change")
