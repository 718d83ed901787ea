"""Who signed up for a session, as the organiser's list shows it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from channels.agenda import places
from channels.store.models import Contact
from channels.store.sign_up import SignUpState


@dataclass(frozen=True, slots=True)
class Listed:
    """One line. `waits`: for a place that is not free yet."""

    name: str
    phone: str
    waits: bool


def listed(session: Session, session_id: str) -> Sequence[Listed]:
    """Those who have a place, then those who wait, each in order."""
    rows = places.of_session(session, session_id)
    found = [Listed(row.name or "", _phone(session, row.contact_id), row.state == SignUpState.WAITING) for row in rows]
    return sorted(found, key=lambda line: line.waits)


def _phone(session: Session, contact_id: str) -> str:
    contact = session.get(Contact, contact_id)
    return contact.phone if contact else ""
