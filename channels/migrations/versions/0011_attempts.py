"""Wrong passwords are counted by address and device, also for addresses that have no account; keys end."""

from __future__ import annotations

from datetime import timedelta

import sqlalchemy as sa
from alembic import op

from clock import now

revision = "0011_attempts"
down_revision = "0010_alerts_seen"
branch_labels = None
depends_on = None

_YEAR = timedelta(days=365)


def upgrade() -> None:
    """Adds both tables, empty; keys of before get a year from now."""
    op.create_table("login_attempts",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("rests_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_login_attempts")))
    op.create_table("known_device",
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_known_device_account_id_account"),
                                ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_known_device")))
    op.create_index(op.f("ix_known_device_account_id"), "known_device", ["account_id"])
    with op.batch_alter_table("api_key") as table:
        table.add_column(sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True))
    keys = sa.table("api_key", sa.column("expires_at", sa.DateTime(timezone=True)))
    op.execute(keys.update().values(expires_at=now() + _YEAR))
    with op.batch_alter_table("api_key") as table:
        table.alter_column("expires_at", nullable=False)
    with op.batch_alter_table("account") as table:
        table.drop_column("failed_logins")
        table.drop_column("locked_until")


def downgrade() -> None:
    """Puts the account's own counter back, at nought."""
    with op.batch_alter_table("account") as table:
        table.add_column(sa.Column("failed_logins", sa.Integer(), nullable=False, server_default="0"))
        table.add_column(sa.Column("locked_until", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("api_key") as table:
        table.drop_column("expires_at")
    op.drop_table("known_device")
    op.drop_table("login_attempts")
