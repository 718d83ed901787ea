"""The questions that a sheet knows."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    # A default of the database's own: the version before this one goes on writing sheets.
    op.add_column("kb_sheet", sa.Column("questions", sa.JSON, nullable=False, server_default="[]"))


def downgrade() -> None:
    op.drop_column("kb_sheet", "questions")
