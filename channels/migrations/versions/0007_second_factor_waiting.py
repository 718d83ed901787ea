"""The secret of a second factor that waits for its first code."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007_second_factor_waiting"
down_revision = "0006_advisor_phones"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the column, empty: nobody is in the middle of it."""
    op.add_column("account", sa.Column("totp_pending", sa.Text(), nullable=True))


def downgrade() -> None:
    """Drops it."""
    op.drop_column("account", "totp_pending")
