"""Who has seen an alert, alerts that are told together, and when each was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010_alerts_seen"
down_revision = "0009_setting_changes"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the table, empty, and the columns; alerts of before were told by themselves."""
    op.create_table("alert_seen",
        sa.Column("alert_id", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.String(length=32), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_id"], ["alert.id"], name=op.f("fk_alert_seen_alert_id_alert"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("alert_id", "account_id", name=op.f("pk_alert_seen")))
    with op.batch_alter_table("alert") as table:
        table.add_column(sa.Column("page_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("paged_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("leader_id", sa.String(length=32), nullable=True))


def downgrade() -> None:
    """Drops them."""
    op.drop_table("alert_seen")
    with op.batch_alter_table("alert") as table:
        for name in ("page_at", "paged_at", "leader_id"):
            table.drop_column(name)
