"""What the telephone must know of a conversation between two turns, read from the database: nothing is kept in memory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.case import transitions
from channels.privacy.masking import is_mobile
from channels.store import cases, threads
from channels.store.database import Database
from channels.store.models import Contact, Conversation, Message, MessageState, Urgency
from clock import now

_RESUMED_WITHIN = timedelta(minutes=15)  # a caller who was cut off finds the form where it was


@dataclass(frozen=True, slots=True)
class Standing:
    """`form_step`: the question of the form under way, « form.step »; `recap`: a summary can be sent to this number."""

    mode: str
    last_seq: int = 0
    form_step: str = ""
    recap: bool = False
    case_id: int | None = None
    summary: str = ""
    distress: bool = False
    transcription: bool | None = None


class Standings:
    """Reads and writes what concerns calls only."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def of(self, conversation_id: str) -> Standing | None:
        """The standing; None when the conversation was erased."""
        return await self._db.read(lambda session: _standing(session, conversation_id))

    async def of_call(self, call: str) -> str:
        """The conversation that holds a turn of this CallSid; "" when none does."""
        def work(session: Session) -> str:
            query = select(Message.conversation_id).where(Message.channel == "phone", Message.provider_id.startswith(f"{call}:"))
            return str(session.scalar(query.limit(1)) or "")

        return await self._db.read(work) if call else ""

    async def begin_call(self, conversation_id: str) -> bool:
        """A new call: True when a form left a moment ago goes on, an older one is dropped."""
        def work(session: Session) -> bool:
            row = threads.by_id(session, conversation_id, lock=True)
            if row is None or row.form_state is None:
                return False
            if row.last_activity_at > now() - _RESUMED_WITHIN:
                return True
            row.form_state = None
            return False

        return await self._db.write(work)

    async def note(self, conversation_id: str, kind: str, data: Mapping[str, Any] | None = None) -> None:
        """A line in the history of the open case, if there is one (« call_bridged », « caller_hung_up »…)."""
        def work(session: Session) -> None:
            case = cases.open_of(session, conversation_id)
            if case is not None:
                transitions.record(session, case, kind, data=data)

        await self._db.write(work)


CONSENT = "transcription_consent"


def _standing(session: Session, conversation_id: str) -> Standing | None:
    row = threads.by_id(session, conversation_id)
    if row is None:
        return None
    case, form = cases.open_of(session, row.id), row.form_state or {}
    step = f"{form['name']}.{form['step']}" if form else ""
    consents = [event.data or {} for event in cases.history(session, case.id) if event.kind == CONSENT] if case else []
    return Standing(row.mode, row.last_seq, step, _can_recap(session, row), case.id if case else None,
                    case.summary if case else "", bool(case and case.urgency == Urgency.DISTRESS),
                    bool(consents[-1].get("given")) if consents else None)


def _can_recap(session: Session, row: Conversation) -> bool:
    contact = session.get(Contact, row.contact_id) if row.contact_id else None
    if contact is None or not contact.phone or contact.opted_out_at is not None or not is_mobile(contact.phone):
        return False
    return any((item.body or {}).get("cards") for item in threads.whole(session, row.id) if item.state == MessageState.VISIBLE)
