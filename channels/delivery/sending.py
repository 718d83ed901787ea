"""Puts something into the outbox and wakes the worker once the transaction is committed; counts what left."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.conversation.fanout import OUTBOX_TOPIC, News
from channels.store.database import announce
from channels.store.models import OutboxRow
from clock import now

_A_DAY = timedelta(days=1)


def enqueue(session: Session, row: OutboxRow) -> None:
    """Adds the row; it is sent after the commit, never before."""
    session.add(row)
    announce(session, News(OUTBOX_TOPIC, "row"))


def sms_sent(session: Session) -> int:
    """SMS that left since yesterday, alerts apart."""
    return session.scalar(select(func.count()).select_from(OutboxRow).where(
        OutboxRow.kind == "sms", OutboxRow.alert_id.is_(None), OutboxRow.sent_at > now() - _A_DAY)) or 0
