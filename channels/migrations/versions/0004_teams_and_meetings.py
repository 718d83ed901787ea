"""Teams, what is set in the console, meetings beside call-backs, and what a waiting person was told."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004_teams_and_meetings"
down_revision = "0003_filed_sentences"
branch_labels = None
depends_on = None

_TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Creates the tables and adds the columns."""
    op.create_table("team",
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("topics", sa.JSON(), nullable=False),
        sa.Column("territories", sa.JSON(), nullable=False),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_team")),
        sa.UniqueConstraint("name", name=op.f("uq_team_name")))
    op.create_index(op.f("ix_team_created_at"), "team", ["created_at"])
    op.create_table("service_setting",
        sa.Column("name", sa.String(length=40), nullable=False),
        sa.Column("value", sa.JSON(), nullable=False),
        sa.Column("changed_by", sa.String(length=32), nullable=True),
        sa.Column("changed_at", _TIME, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_service_setting")))
    op.add_column("case_file", sa.Column("territory", sa.String(length=3), nullable=True))
    op.add_column("case_file", sa.Column("told_at", _TIME, nullable=True))
    op.add_column("case_file", sa.Column("told_count", sa.Integer(), nullable=False, server_default="0"))
    op.create_index(op.f("ix_case_file_territory"), "case_file", ["territory"])
    op.add_column("callback", sa.Column("kind", sa.String(length=12), nullable=False, server_default="rappel"))
    op.add_column("callback", sa.Column("account_id", sa.String(length=32), nullable=True))
    op.add_column("callback", sa.Column("place", sa.String(length=160), nullable=True))
    op.create_index(op.f("ix_callback_account_id"), "callback", ["account_id"])


def downgrade() -> None:
    """Takes them away."""
    op.drop_index(op.f("ix_callback_account_id"), "callback")
    for column in ("place", "account_id", "kind"):
        op.drop_column("callback", column)
    op.drop_index(op.f("ix_case_file_territory"), "case_file")
    for column in ("told_count", "told_at", "territory"):
        op.drop_column("case_file", column)
    op.drop_table("service_setting")
    op.drop_table("team")
