"""Puts something into the outbox and wakes the worker once the transaction is committed."""

from __future__ import annotations

from sqlalchemy.orm import Session

from channels.conversation.fanout import OUTBOX_TOPIC, News
from channels.store.database import announce
from channels.store.models import OutboxRow


def enqueue(session: Session, row: OutboxRow) -> None:
    """Adds the row; it is sent after the commit, never before."""
    session.add(row)
    announce(session, News(OUTBOX_TOPIC, "row"))
