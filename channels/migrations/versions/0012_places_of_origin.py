"""Web conversations know by a keyed hash which address they came from, call-backs whether the number wrote or called before;
the number of a case never comes back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012_places_of_origin"
down_revision = "0011_attempts"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Adds the hash, empty: older conversations count for no address. SQLite's case numbers go on from the highest ever seen."""
    op.add_column("conversation", sa.Column("origin", sa.String(length=64), nullable=True))
    op.add_column("callback", sa.Column("verified", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_index("ix_conversation_origin", "conversation", ["origin", "created_at"])
    if op.get_bind().dialect.name == "sqlite":
        _renumber(sqlite_autoincrement=True)
        _never_again()


def downgrade() -> None:
    """Takes all of it away."""
    if op.get_bind().dialect.name == "sqlite":
        _renumber(sqlite_autoincrement=False)
    op.drop_index("ix_conversation_origin", "conversation")
    op.drop_column("callback", "verified")
    op.drop_column("conversation", "origin")


def _renumber(*, sqlite_autoincrement: bool) -> None:
    with op.batch_alter_table("case_file", recreate="always", table_kwargs={"sqlite_autoincrement": sqlite_autoincrement}):
        pass


def _never_again() -> None:
    """The audit remembers cases that are erased: their numbers are taken too."""
    op.execute("UPDATE sqlite_sequence SET seq = max(seq, coalesce((SELECT max(CAST(target_id AS INTEGER)) FROM audit "
               "WHERE target_kind = 'case'), 0)) WHERE name = 'case_file'")
