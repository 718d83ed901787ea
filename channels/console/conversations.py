"""Conversations that the assistant leads right now: an advisor may take one over unasked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.case.views import DeliveryView, MessageView
from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.lines import lines
from channels.console.pages import fragment, html_response, render
from channels.console.session import Me
from channels.errors import NotFound
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.store import cases, threads
from channels.store.models import Author, Conversation, Message, Mode, OutboxRow, OutboxState
from clock import now

router = APIRouter(prefix="/console", include_in_schema=False, route_class=PageRoute)
_RECENT = timedelta(minutes=30)
_MOST = 100


@dataclass(frozen=True, slots=True)
class Talk:
    """A conversation of the last half hour. `last` is what the person said last; `undelivered`: an answer did not arrive."""

    id: str
    channel: str
    at: datetime
    last: str
    misunderstood: int
    undelivered: bool = False


@dataclass(frozen=True, slots=True)
class OneTalk:
    """A whole conversation. `live`: the assistant leads it now, it may be taken over."""

    id: str
    channel: str
    mode: str
    live: bool
    case_id: int | None
    messages: Sequence[MessageView]
    deliveries: Sequence[DeliveryView]
    seen: int


@router.get("/conversations")
async def conversations_page(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """Newest first. Looking at them is written in the audit log: what people say is shown."""
    login.principal.need(login.principal.sees_cases)
    mark = services.fanout.mark()
    talks = await services.db.write(lambda session: _talks(session, login.principal))
    alerts = await services.alerts.open(login.principal)
    return render(request, "conversations.html", title="Conversations en cours", login=login, talks=talks, alerts=alerts,
                  live=mark)


@router.get("/conversations/liste")
async def conversations_part(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """The list again, every few seconds: the look was written down when the page was opened."""
    login.principal.need(login.principal.sees_cases)
    talks = await services.db.read(_recent_talks)
    return html_response(request, fragment("parts/talks.html", talks=talks))


@router.get("/conversations/{conversation_id}")
async def conversation_page(request: Request, services: AnyServices, login: Me, conversation_id: str,
                            full: Annotated[bool, Query(alias="complet")] = False) -> HTMLResponse:
    """One conversation of the assistant, as the person sees it. This look is written in the audit log."""
    me = login.principal
    me.need(me.sees_cases)
    talk = await services.db.write(lambda session: _one(session, me, conversation_id))
    return render(request, "conversation.html", title="Conversation", login=login, talk=talk, full=full,
                  lines=lines(talk.messages, {}, talk.deliveries, talk.channel, talk.seen))


def _one(session: Session, me: Principal, conversation_id: str) -> OneTalk:
    row = threads.by_id(session, conversation_id)
    if row is None:
        raise NotFound("Cette conversation n'existe pas.")
    write_audit(session, me.account_id, "conversation_seen", "conversation", row.id)
    case = cases.last_of(session, row.id)
    return OneTalk(row.id, row.channel, row.mode, row.mode == Mode.BOT and row.last_activity_at > now() - _RECENT,
                   case.id if case else None, [MessageView.of(item) for item in threads.whole(session, row.id)],
                   [DeliveryView.of(item) for item in cases.deliveries(session, row.id)], row.citizen_seen_seq)


def _talks(session: Session, me: Principal) -> Sequence[Talk]:
    write_audit(session, me.account_id, "conversations_seen", "conversation", "list")
    return _recent_talks(session)


def _recent_talks(session: Session) -> Sequence[Talk]:
    recent = select(Conversation).where(Conversation.mode == Mode.BOT, Conversation.last_activity_at > now() - _RECENT)
    rows = session.scalars(recent.order_by(Conversation.last_activity_at.desc()).limit(_MOST)).all()
    found = [(row, _last_words(session, row.id)) for row in rows]
    lost = _undelivered(session, [row.id for row in rows])
    return [Talk(row.id, row.channel, row.last_activity_at, words, row.misunderstood, row.id in lost)
            for row, words in found if words]


def _undelivered(session: Session, ids: Sequence[str]) -> set[str]:
    """The conversations of which an SMS ended without arriving (STOP apart: nobody has to do anything about that)."""
    failed = select(OutboxRow.conversation_id).where(OutboxRow.conversation_id.in_(ids), OutboxRow.state == OutboxState.FAILED)
    return {str(found) for found in session.scalars(failed.distinct())}


def _last_words(session: Session, conversation_id: str) -> str:
    row = session.scalars(select(Message).where(Message.conversation_id == conversation_id, Message.author == Author.CITIZEN)
                          .order_by(Message.seq.desc()).limit(1)).first()
    return row.text if row else ""
