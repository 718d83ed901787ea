"""What people thought of the answers: one mark a conversation and case, the last one given."""

from __future__ import annotations

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.store import cases
from channels.store.models import Feedback


def rate(session: Session, conversation_id: str, score: int) -> Feedback:
    """Keeps the mark; one given before for the same conversation and case is replaced."""
    case = cases.last_of(session, conversation_id)
    case_id = case.id if case else None
    same_case = Feedback.case_id == case_id if case_id is not None else Feedback.case_id.is_(None)
    row = session.scalar(select(Feedback).where(Feedback.conversation_id == conversation_id, same_case).limit(1))
    row = row or Feedback(conversation_id=conversation_id, case_id=case_id)
    row.score = score
    session.add(row)
    session.flush()
    return row
