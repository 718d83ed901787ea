"""An event as an .ics file, for the calendar of a telephone."""

from __future__ import annotations

from datetime import datetime, timedelta
from urllib.parse import urljoin

from fastapi import APIRouter, Request
from fastapi.responses import Response
from icalendar import Calendar, Event

from channels.errors import NotFound
from channels.public.knowledge_api import found_sheet
from channels.web.knowledge import Knowledge
from channels.web.sheet_links import last_day
from clock import now
from knowledge_base.schema_kinds import EvenementData
from knowledge_base.sheet import Sheet

router = APIRouter(include_in_schema=False)


@router.get("/fiches/evenement/{sheet_id}.ics")
def event_file(request: Request, knowledge: Knowledge, sheet_id: str) -> Response:
    """The event; 404 when its date is not known."""
    sheet = found_sheet(knowledge, "evenement", sheet_id)
    body = calendar_of(sheet, request.app.state.services.settings.public_base, now())
    name = f'attachment; filename="{sheet.id}.ics"'
    return Response(body, media_type="text/calendar; charset=utf-8", headers={"content-disposition": name})


def calendar_of(sheet: Sheet, base: str, stamp: datetime) -> bytes:
    """RFC 5545. Days without an hour: the sheets hold none, and we invent none.

    Raises:
        NotFound: the sheet has no date.
    """
    data = sheet.data
    if not isinstance(data, EvenementData) or data.starts_on is None:
        raise NotFound("La date de cet événement n'est pas connue.")
    event = Event()
    event.add("uid", f"{sheet.id}@parcours-metiers")
    event.add("dtstamp", stamp)
    event.add("dtstart", data.starts_on)
    event.add("dtend", last_day(data) + timedelta(days=1))  # the end of whole days is the first day after
    event.add("summary", sheet.title)
    event.add("description", sheet.summary)
    event.add("url", urljoin(base, sheet.url))
    if data.place:
        event.add("location", data.place)
    return _calendar(event)


def _calendar(event: Event) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", "-//Parcours-Metiers//FR")
    calendar.add("version", "2.0")
    calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text
