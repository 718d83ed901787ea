"""The agenda for everybody: a page without script, a file for calendars, data for other sites."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any
from urllib.parse import urlencode

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response
from icalendar import Calendar, Event
from pydantic import BaseModel, Field

from channels.web.knowledge import Knowledge
from channels.web.limiting import address_of, spend
from channels.web.pages import render
from channels.web.rate_limits import SEARCHES
from clock import now
from knowledge_base.agenda.store import Session, Wish
from knowledge_base.agenda.telling import when_of
from knowledge_base.facade import KnowledgeBase

router = APIRouter(include_in_schema=False)


class Filters(BaseModel):
    """What the address asks for."""

    territoire: str = Field("", max_length=100)
    public: str = Field("", max_length=100)
    secteur: str = Field("", max_length=100)


Asked = Annotated[Filters, Query()]
_LINKS = ("https://", "http://")


@router.get("/agenda", response_class=HTMLResponse)
def agenda_page(request: Request, knowledge: Knowledge, asked: Asked) -> HTMLResponse:
    """What comes, filtered by territory, public and sector."""
    spend(request, SEARCHES, address_of(request))
    wish = _wish(knowledge, asked)
    every = knowledge.agenda.upcoming()
    publics = sorted({one for session in every for one in session.publics})
    sectors = sorted({session.sector for session in every if session.sector})
    unknown = bool(asked.territoire.strip()) and wish.place is None
    found = knowledge.agenda.upcoming(wish)
    return render(request, "agenda.html", title="L’agenda", sessions=found, asked=asked, publics=publics, sectors=sectors,
                  unknown=unknown, when=when_of, links=_LINKS, query=urlencode(asked.model_dump()))  # fmt: skip


@router.get("/agenda.json")
def agenda_data(request: Request, knowledge: Knowledge, asked: Asked) -> JSONResponse:
    """The same as data; instants in ISO 8601, UTC."""
    spend(request, SEARCHES, address_of(request))
    found = knowledge.agenda.upcoming(_wish(knowledge, asked))
    return JSONResponse({"sessions": [_data(session) for session in found]})


@router.get("/agenda.ics")
def agenda_file(request: Request, knowledge: Knowledge, asked: Asked) -> Response:
    """The same as a calendar (RFC 5545); what is cancelled says so."""
    spend(request, SEARCHES, address_of(request))
    found = knowledge.agenda.upcoming(_wish(knowledge, asked))
    calendar = Calendar()
    calendar.add("prodid", "-//Parcours-Metiers//FR")
    calendar.add("version", "2.0")
    for session in found:
        calendar.add_component(_event(session, now()))
    return Response(calendar.to_ical(), media_type="text/calendar; charset=utf-8")


def _wish(knowledge: KnowledgeBase, asked: Filters) -> Wish:
    place = knowledge.find_place(asked.territoire) if asked.territoire.strip() else None
    return Wish(place, asked.public.strip(), asked.secteur.strip())


def _data(session: Session) -> dict[str, Any]:
    dates = {name: getattr(session, name).isoformat() for name in ("starts_at", "ends_at", "as_of")}
    return {**vars(session), **dates}


def _event(session: Session, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{session.id}@parcours-metiers")
    event.add("dtstamp", stamp)
    event.add("dtstart", session.starts_at)
    event.add("dtend", session.ends_at)
    event.add("summary", session.title)
    event.add("location", session.online if not session.commune and session.online else session.where)
    event.add("status", "CANCELLED" if session.is_cancelled else "CONFIRMED")
    return event
