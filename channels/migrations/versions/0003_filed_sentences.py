"""Sentences that people filed for the next training."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003_filed_sentences"
down_revision = "0002_conversations"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Creates the table."""
    op.create_table("filed_sentence",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("verdict", sa.String(length=8), nullable=False),
        sa.Column("intent", sa.String(length=64), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("account_id", sa.String(length=32), nullable=True),
        sa.Column("id", sa.String(length=32), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_filed_sentence")),
        sa.UniqueConstraint("key", name=op.f("uq_filed_sentence_key"))
    )
    op.create_index(op.f("ix_filed_sentence_created_at"), "filed_sentence", ["created_at"], unique=False)


def downgrade() -> None:
    """Drops it."""
    op.drop_table("filed_sentence")
