"""What a helpline on SQLite wrote down of its answers, read beside it with its own keys: by SMS and on the phone nothing else
tells which sheets an answer is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from channels.privacy.crypto import Keyring
from channels.settings import Settings
from channels.store import threads
from channels.store.database import Database
from channels.store.models import Author, Message, MessageState
from tests.dialogues.people import Answer


def written_since(state: Path, mark: int) -> Answer:
    """The answer to the first message of a citizen after this row, as the chat would show it; empty when none was written (what
    the telephone answers alone: « plus lentement »)."""
    settings = Settings(_env_file=None, state_dir=state, database_url=None)  # type: ignore[call-arg]
    database = Database(settings.conversations_url, Keyring.from_settings(settings))
    try:
        return database.read_now(lambda session: _answer(session, mark))
    finally:
        database.close()


def _answer(session: Session, mark: int) -> Answer:
    asked = session.scalar(select(Message).where(text("message.rowid > :mark").bindparams(mark=mark),
                                                 Message.author == Author.CITIZEN).order_by(text("message.rowid")).limit(1))
    thread = threads.by_id(session, asked.conversation_id) if asked else None
    if asked is None or thread is None:
        return Answer("", [])
    shown = [row for row in threads.whole(session, thread.id)
             if row.in_reply_to == asked.id and row.state == MessageState.VISIBLE]
    return Answer(thread.mode, [_message(row) for row in shown])


def _message(row: Message) -> dict[str, Any]:
    body = row.body or {}
    return {"author": row.author, "text": row.text, "cards": body.get("cards") or [],
            "quick_replies": body.get("quick_replies") or []}
