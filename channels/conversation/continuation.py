"""Going on in the web chat from an SMS or a call: a single-use link that carries what was understood, not what was said."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.orm import Session

from channels.privacy.crypto import fingerprint, new_secret
from channels.store.models import ContinuationLink
from clock import now

LINK_LIFE = timedelta(hours=48)


def new_link(session: Session, conversation_id: str, base: str) -> str:
    """The address of a new link, under our public address `base`; only its fingerprint is kept."""
    secret = new_secret()
    session.add(ContinuationLink(hash=fingerprint(secret), conversation_id=conversation_id, expires_at=now() + LINK_LIFE))
    return f"{base}/r/{secret}"
