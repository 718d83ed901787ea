"""Small reads for live screens: one row or one message again, without the audit line of a first look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.case.views import CallbackView, CaseRow, DeliveryView, MessageView
from channels.people.principal import Principal
from channels.store import cases
from channels.store.models import Author, Callback, CallbackState, Case, Conversation, Message, OutboxRow

_LOOKED_BACK = 12  # messages


def rows_by_id(session: Session, who: Principal, case_ids: Sequence[int]) -> list[CaseRow]:
    """The rows of these cases as far as this person may see them; those that are gone are left out."""
    found = session.execute(cases.visible_to(who).where(Case.id.in_(case_ids))).all()
    return [CaseRow.of(case, owner.name if owner else None) for case, owner in found]


def seen_by_citizen(session: Session, conversation_id: str) -> int:
    """How far the person has read, 0 when that is not known."""
    return session.scalar(select(Conversation.citizen_seen_seq).where(Conversation.id == conversation_id)) or 0


@dataclass(frozen=True, slots=True)
class OneMessage:
    """A message with what is needed to show it."""

    view: MessageView
    names: Mapping[str, str]
    deliveries: Sequence[DeliveryView]
    seen: int


def one_message(session: Session, message_id: str) -> OneMessage | None:
    """A message by its id."""
    row = session.get(Message, message_id)
    if row is None:
        return None
    sends = session.scalars(select(OutboxRow).where(OutboxRow.message_id == message_id).order_by(OutboxRow.id)).all()
    return OneMessage(MessageView.of(row), cases.names(session, {row.account_id}), [DeliveryView.of(item) for item in sends],
                      seen_by_citizen(session, row.conversation_id))


def message_of_delivery(session: Session, outbox_id: int) -> str | None:
    """The message that a send carries."""
    return session.scalar(select(OutboxRow.message_id).where(OutboxRow.id == outbox_id))


def planned_call(session: Session, case_id: int) -> CallbackView | None:
    """The call or meeting that is promised in a case."""
    row = session.scalar(select(Callback).where(Callback.case_id == case_id, Callback.state == CallbackState.PLANNED))
    return CallbackView.of(row) if row else None


def last_words(session: Session, conversation_id: str) -> list[str]:
    """What the person wrote last, newest first, without the buttons that they pressed."""
    rows = session.scalars(select(Message).where(Message.conversation_id == conversation_id, Message.author == Author.CITIZEN)
                           .order_by(Message.seq.desc()).limit(_LOOKED_BACK))
    return [row.text for row in rows if row.text.strip() and not (row.body or {}).get("payload")]


def stored_parts(session: Session, case_id: int) -> Mapping[str, Any]:
    """What was written with the case's summary: the transcript of a call adds `promised` and `next`."""
    parts = session.scalar(select(Case.summary_parts).where(Case.id == case_id))
    return parts if isinstance(parts, Mapping) else {}
