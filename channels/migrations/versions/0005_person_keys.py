"""One encryption key a person, and when an old conversation was masked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005_person_keys"
down_revision = "0004_teams_and_meetings"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table of keys; what was written before keeps the installation's key until it is purged."""
    op.create_table("person_key",
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_person_key"))
    )
    op.create_index(op.f("ix_person_key_created_at"), "person_key", ["created_at"], unique=False)
    op.add_column("conversation", sa.Column("masked_at", sa.DateTime(timezone=True), nullable=True))


def downgrade() -> None:
    """Drops it: what was sealed with a person's key cannot be read any more."""
    op.drop_column("conversation", "masked_at")
    op.drop_table("person_key")
