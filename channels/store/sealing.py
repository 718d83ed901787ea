"""Seals what belongs to a person with that person's key when a session writes it; the rest keeps the installation's key."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from functools import cache
from typing import Any, cast

from sqlalchemy import event, inspect, select
from sqlalchemy.orm import Session, sessionmaker
from sqlalchemy.orm.attributes import set_committed_value

from channels.privacy.crypto import new_id
from channels.store.models import (
    Base,
    Callback,
    Case,
    CaseEvent,
    Contact,
    Conversation,
    Feedback,
    Message,
    Note,
    OutboxRow,
    SignUp,
)
from channels.store.person_keys import PersonKeys
from channels.store.types import EncryptedJSON, EncryptedText, Sealed

_OPENED = "parcours_unsealed"


def seal(sessions: sessionmaker[Session], keys: PersonKeys) -> None:
    """From now on the sessions of this maker seal what they write."""
    event.listen(sessions, "before_flush", lambda session, *_: _close(session, keys))
    event.listen(sessions, "after_flush_postexec", lambda session, *_: _open(session))
    event.listen(sessions, "after_commit", lambda session: keys.settle(session, committed=True))
    event.listen(sessions, "after_rollback", lambda session: keys.settle(session, committed=False))


def _close(session: Session, keys: PersonKeys) -> None:
    """Before the flush: values become sealed ones."""
    opened: list[tuple[Base, str, Any]] = session.info.setdefault(_OPENED, [])
    with session.no_autoflush:
        for row, name in _to_seal(session):
            owner, value = owner_of(session, row), getattr(row, name)
            # A flush of some objects only, with nothing to write for them, ends before `_open`: what it sealed is sealed still.
            if owner is not None and value is not None and not isinstance(value, Sealed):
                opened.append((row, name, value))
                setattr(row, name, Sealed(value, owner, keys.writing(session, owner)))


def _open(session: Session) -> None:
    """After the flush: the objects in memory hold plain values again."""
    for row, name, value in session.info.pop(_OPENED, ()):
        set_committed_value(row, name, value)


def _to_seal(session: Session) -> Iterator[tuple[Base, str]]:
    for row in list(session.new):
        yield from ((row, name) for name in _encrypted(row.__class__))
    for row in list(session.dirty):
        state = inspect(row)
        yield from ((row, name) for name in _encrypted(row.__class__) if state.attrs[name].history.has_changes())


@cache
def _encrypted(kind: Hashable) -> tuple[str, ...]:
    return tuple(column.key for column in inspect(cast(type[Base], kind)).column_attrs
            if isinstance(column.columns[0].type, EncryptedText | EncryptedJSON))


def owner_of(session: Session, row: Base) -> str | None:
    """Whose key seals this row: a conversation's or a contact's id; None for what belongs to nobody (accounts, training)."""
    if isinstance(row, Conversation | Contact):
        row.id = row.id or new_id()
        return row.id
    if isinstance(row, Message | Feedback | Case | OutboxRow):
        return row.conversation_id
    if isinstance(row, SignUp):
        return row.contact_id
    if isinstance(row, Note | CaseEvent | Callback):
        return session.scalar(select(Case.conversation_id).where(Case.id == row.case_id))
    return None
