"""The code that proves a number: sent to one that never wrote nor called, typed back before anything else goes there.

It is kept in the form's state as a keyed hash, for a quarter of an hour; after it was right the number is known to us, as one
that wrote is.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.messages import Json
from channels.store import threads
from channels.store.models import Conversation, OutboxRow
from clock import now

_LIFE, _A_DAY = timedelta(minutes=15), timedelta(days=1)
_DIGITS = 6
_CODE = re.compile(r"(?<!\d)(?<!\d[ .-])\d(?:[ .-]?\d){5}(?![ .-]?\d)")


def new_code() -> str:
    """Six digits that nobody can foresee."""
    return f"{secrets.randbelow(10 ** _DIGITS):0{_DIGITS}d}"


def sealed(session: Session, conversation: Conversation, phone: str, code: str) -> Json:
    """What the form keeps of a code that was sent to this number."""
    return {"phone": phone, "code": _hash(session, conversation, phone, code), "until": (now() + _LIFE).isoformat()}


def typed(text: str) -> str | None:
    """The code in a text: six digits, together or apart."""
    found = _CODE.search(text)
    return re.sub(r"\D", "", found[0]) if found else None


def is_right(session: Session, conversation: Conversation, data: Mapping[str, Any], text: str) -> bool:
    """True when the text holds the code that was sent, in its time."""
    code = typed(text)
    if code is None or datetime.fromisoformat(str(data["until"])) < now():
        return False
    return secrets.compare_digest(_hash(session, conversation, str(data["phone"]), code), str(data["code"]))


def got_one_today(session: Session, phone: str) -> bool:
    """True when something was sent to this number since yesterday: who never wrote gets one message a day from us, the code."""
    lane = threads.lookup_hash(session, phone)
    query = select(func.count()).select_from(OutboxRow).where(
        OutboxRow.lane == lane, OutboxRow.kind == "sms", OutboxRow.created_at > now() - _A_DAY)
    return bool(session.scalar(query))


def _hash(session: Session, conversation: Conversation, phone: str, code: str) -> str:
    return threads.lookup_hash(session, f"{conversation.id} {phone} {code}")
