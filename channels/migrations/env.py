"""Alembic's environment for the conversations; the connection is always handed over by `upgrade`."""

from __future__ import annotations

from alembic import context

from channels.migrations import VERSION_TABLE
from channels.store.models import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    version_table=VERSION_TABLE,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
