"""Sessions: what the agency and its partners hold, when and where."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

_TEXTS = (("series", 16), ("title", 200), ("commune", 24), ("commune_name", 160), ("venue", 300), ("online", 300),
          ("service", 140), ("sector", 80), ("sign_up", 300), ("organiser", 160), ("state", 12), ("source", 300),
          ("changed_by", 64))  # fmt: skip
_INSTANTS = ("starts_at", "ends_at", "changed_at")


def upgrade() -> None:
    op.create_table(
        "kb_session",
        sa.Column("id", sa.String(16), primary_key=True, nullable=False),
        *(sa.Column(name, sa.String(length), nullable=False) for name, length in _TEXTS),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=False) for name in _INSTANTS),
        sa.Column("publics", sa.JSON, nullable=False),
        sa.Column("capacity", sa.Integer, nullable=True),
        sa.Column("access", sa.Text, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
    )
    op.create_index("ix_kb_session_series", "kb_session", ["series"])
    op.create_index("ix_kb_session_ends", "kb_session", ["ends_at"])


def downgrade() -> None:
    op.drop_table("kb_session")
