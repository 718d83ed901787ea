"""After a restore: what people asked for since the backup is done again, from the ledger that was kept apart."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.privacy.erasure import erase_rows, forget_contact
from channels.store.database import Database, shred
from channels.store.ledger import ERASED, START, STOP, Entry
from channels.store.models import Contact, Conversation

_CHUNK = 200


@dataclass(frozen=True, slots=True)
class Obeyed:
    """What had to be done again: people's conversations and numbers erased, wishes (STOP, START) that the backup did not know."""

    conversations: int = 0
    contacts: int = 0
    wishes: int = 0

    def __add__(self, other: Obeyed) -> Obeyed:
        return Obeyed(self.conversations + other.conversations, self.contacts + other.contacts, self.wishes + other.wishes)


def obey_again(db: Database, entries: Sequence[Entry]) -> Obeyed:
    """Erases who was erased and stops writing to who said STOP; harmless when it was done already."""
    done = Obeyed()
    erased = [entry.key for entry in entries if entry.kind == ERASED]
    for start in range(0, len(erased), _CHUNK):
        done += db.write_now(lambda session, start=start: _erase(session, erased[start:start + _CHUNK]))  # type: ignore[misc]
    # The last wish of a number counts; it comes after the erasures, which keep a number's hash only when it said STOP.
    wishes = {entry.key: entry for entry in sorted(entries) if entry.kind in {STOP, START}}
    done += Obeyed(wishes=db.write_now(lambda session: sum(_obey(session, entry) for entry in wishes.values())))
    db.compact()
    return done


def _erase(session: Session, owners: Sequence[str]) -> Obeyed:
    conversations = list(session.scalars(select(Conversation.id).where(Conversation.id.in_(owners))))
    contacts = session.scalars(select(Contact).where(Contact.id.in_(owners))).all()
    # The threads of a number that was erased went with it, whether or not the ledger was whole.
    ids = {row.id for row in contacts}
    conversations += session.scalars(select(Conversation.id).where(
        Conversation.contact_id.in_(ids), Conversation.id.not_in(conversations))).all()
    if conversations:
        erase_rows(session, conversations)
    for found in session.scalars(select(Contact).where(Contact.id.in_(ids))).all():
        forget_contact(session, found)
    shred(session, owners)
    return Obeyed(len(conversations), len(ids))


def _obey(session: Session, entry: Entry) -> int:
    contact = session.scalar(select(Contact).where(Contact.phone_hash == entry.key))
    if entry.kind == START:
        if contact is None or contact.opted_out_at is None:
            return 0
        contact.opted_out_at = None
        return 1
    if contact is None:
        contact = Contact(phone="", phone_hash=entry.key)
        session.add(contact)
    if contact.opted_out_at is not None:
        return 0
    contact.opted_out_at = datetime.fromisoformat(entry.at)
    return 1
