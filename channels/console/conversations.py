"""Conversations that the assistant leads right now: an advisor may take one over unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.audit import write_audit
from channels.clock import now
from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.pages import render
from channels.console.session import Me
from channels.principal import Principal
from channels.store.models import Author, Conversation, Message, Mode

router = APIRouter(prefix="/console", include_in_schema=False, route_class=PageRoute)
_RECENT = timedelta(minutes=30)
_MOST = 100


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of the last half hour. `last` is what the person said last."""

    id: str
    channel: str
    at: datetime
    last: str
    misunderstood: int


@router.get("/conversations")
async def conversations_page(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """Newest first. Looking at them is written in the audit log: what people say is shown."""
    login.principal.need(login.principal.sees_cases)
    talks = await services.db.write(lambda session: _talks(session, login.principal))
    alerts = await services.alerts.open(login.principal)
    return render(request, "conversations.html", title="Conversations en cours", login=login, talks=talks, alerts=alerts)


def _talks(session: Session, me: Principal) -> Sequence[Talk]:
    write_audit(session, me.account_id, "conversations_seen", "conversation", "list")
    recent = select(Conversation).where(Conversation.mode == Mode.BOT, Conversation.last_activity_at > now() - _RECENT)
    rows = session.scalars(recent.order_by(Conversation.last_activity_at.desc()).limit(_MOST)).all()
    found = [(row, _last_words(session, row.id)) for row in rows]
    return [Talk(row.id, row.channel, row.last_activity_at, words, row.misunderstood) for row, words in found if words]


def _last_words(session: Session, conversation_id: str) -> str:
    row = session.scalars(select(Message).where(Message.conversation_id == conversation_id, Message.author == Author.CITIZEN)
                          .order_by(Message.seq.desc()).limit(1)).first()
    return row.text if row else ""
