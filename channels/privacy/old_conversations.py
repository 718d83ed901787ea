"""What is kept of a conversation once it is over: numbers, names and sensitive words are masked, as the settings say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.settings import Settings
from channels.store import cases
from channels.store.database import Database
from channels.store.models import OPEN_STATES, Author, Case, Conversation, Feedback, Message, Mode
from channels.transcripts.masking import mask_line
from clock import now

_CHUNK = 20
# The engine's slots: what was typed lies in these; codes and names of sheets mean nothing personal.
_SAID_SLOTS = ("asked",)


class Masking:
    """Masks conversations that ended `mask_after_days` ago (settings); each once, until somebody writes in it again."""

    def __init__(self, db: Database, settings: Settings) -> None:
        self._db, self._days, self._what = db, settings.mask_after_days, settings.mask_kept

    async def apply(self) -> int:
        """Returns how many conversations were masked."""
        if not self._what.strip():
            return 0
        before, total = now() - timedelta(days=self._days), 0
        while found := await self._db.write(lambda session: self._some(session, before)):
            total += found
        return total

    def _some(self, session: Session, before: datetime) -> int:
        # Looked up for each row by the index: a list of all open ones would grow with the years.
        still_open = select(Case.id).where(Case.conversation_id == Conversation.id, Case.state.in_(OPEN_STATES)).exists()
        rows = session.scalars(select(Conversation).where(
            Conversation.last_activity_at < before, ~still_open,
            Conversation.mode.in_((Mode.BOT, Mode.CLOSED)),
            Conversation.masked_at.is_(None) | (Conversation.masked_at < Conversation.last_activity_at))
            .limit(_CHUNK).with_for_update()).all()
        for row in rows:
            self._mask(session, row)
        return len(rows)

    def _mask(self, session: Session, row: Conversation) -> None:
        def masked(text: str) -> str:
            return mask_line(text, self._what)

        said = (Author.CITIZEN, Author.ADVISOR)
        for message in session.scalars(select(Message).where(Message.conversation_id == row.id, Message.author.in_(said))):
            message.text = masked(message.text)
        for case in session.scalars(select(Case).where(Case.conversation_id == row.id)):
            case.summary, case.summary_parts = masked(case.summary), _deep(case.summary_parts, masked)
            for note in cases.notes(session, case.id):
                note.text = masked(note.text)
        for mark in session.scalars(select(Feedback).where(Feedback.conversation_id == row.id)):
            mark.comment = masked(mark.comment) if mark.comment else None
        row.engine_state, row.form_state, row.masked_at = _slots(row.engine_state, masked), None, now()


def _slots(state: Any, masked: Callable[[str], str]) -> Any:
    if not isinstance(state, dict) or not isinstance(state.get("slots"), dict):
        return state
    slots = {name: _deep(value, masked) if name in _SAID_SLOTS else value for name, value in state["slots"].items()}
    return {**state, "slots": slots}


def _deep(value: Any, masked: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return masked(value)
    if isinstance(value, dict):
        return {key: _deep(item, masked) for key, item in value.items()}
    return [_deep(item, masked) for item in value] if isinstance(value, list) else value
