"""The rota of those on duty, their mobiles, and whom an alert was sent to."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008_duty"
down_revision = "0007_second_factor_waiting"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table, empty: alerts go on to the configured contact."""
    op.create_table("duty",
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("weekday", sa.Integer(), nullable=True),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("starts", sa.String(length=5), nullable=False),
        sa.Column("ends", sa.String(length=5), nullable=False),
        sa.Column("team", sa.String(length=60), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_duty_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_duty")))
    op.create_index(op.f("ix_duty_account_id"), "duty", ["account_id"])
    op.create_index(op.f("ix_duty_created_at"), "duty", ["created_at"])
    op.add_column("account", sa.Column("duty_phone", sa.Text(), nullable=True))
    op.add_column("alert", sa.Column("told", sa.Text(), nullable=True))


def downgrade() -> None:
    """Takes them away."""
    op.drop_column("alert", "told")
    op.drop_column("account", "duty_phone")
    op.drop_table("duty")
