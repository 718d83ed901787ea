"""The telephone on which an advisor is called."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006_advisor_phones"
down_revision = "0005_person_keys"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column, empty: calls go on to the advisors' common number."""
    op.add_column("account", sa.Column("phone", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("account", "phone")
