"""Alembic's environment for the knowledge base; the connection is always handed over by `upgrade`."""

from __future__ import annotations

from alembic import context

from knowledge_base.migrations import VERSION_TABLE
from knowledge_base.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
