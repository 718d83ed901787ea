"""What comes from one address in a day: sent SMS, promised calls, open cases. A web conversation keeps only a keyed hash of it.

A school comes from one address: the ceilings are a class's, not a person's. SMS and calls have no address: a number has its own
ceilings.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import Session

from channels.store.models import OPEN_STATES, Callback, Case, Conversation, OutboxRow
from clock import now

_A_DAY = timedelta(days=1)


def sms_sent(session: Session, conversation: Conversation) -> int:
    """SMS that web conversations of this address had sent since yesterday."""
    query = select(func.count()).select_from(OutboxRow).join(Conversation, Conversation.id == OutboxRow.conversation_id)
    return _count(session, conversation, query, OutboxRow.kind == "sms", OutboxRow.created_at > now() - _A_DAY)


def calls_promised(session: Session, conversation: Conversation) -> int:
    """Calls that web conversations of this address were promised since yesterday."""
    query = (select(func.count()).select_from(Callback).join(Case, Case.id == Callback.case_id)
             .join(Conversation, Conversation.id == Case.conversation_id))
    return _count(session, conversation, query, Callback.created_at > now() - _A_DAY)


def open_cases(session: Session, conversation: Conversation) -> int:
    """Cases of other conversations of this address that are open now."""
    query = select(func.count()).select_from(Case).join(Conversation, Conversation.id == Case.conversation_id)
    return _count(session, conversation, query, Case.state.in_(OPEN_STATES), Conversation.id != conversation.id)


def _count(session: Session, conversation: Conversation, query: Select[Any], *which: ColumnElement[bool]) -> int:
    if conversation.origin is None:
        return 0
    return session.scalar(query.where(Conversation.origin == conversation.origin, *which)) or 0
