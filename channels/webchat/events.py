"""Catch-up by sequence number, at once or as a long poll."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse

from channels.web.limiting import address_of, spend, streams_of
from channels.web.rate_limits import READS
from channels.webchat import rendering
from channels.webchat.access import AnyServices, CurrentSession
from channels.webchat.schemas import ERRORS, EventsModel

router = APIRouter(prefix="/api/chat", responses=ERRORS)
LONGEST_WAIT = 25  # seconds; school proxies cut at thirty
After = Annotated[int, Query(ge=0, le=2**31 - 1)]


@router.get("/events", response_model=EventsModel, summary="Ce qui a suivi")
async def events(request: Request, services: AnyServices, session: CurrentSession, after: After = 0,
                 wait: Annotated[float, Query(ge=0)] = 0) -> Any:
    """Everything after `after`; with `wait`, as soon as there is news and in `wait` seconds at the latest (25 at most)."""
    spend(request, READS, session.conversation_id)
    if wait:
        streams, address = streams_of(request), address_of(request)
        streams.admit(address)
        with streams.one(session.conversation_id, address):
            found = await services.chat.wait_events(session.conversation_id, after, min(wait, LONGEST_WAIT))
    else:
        found = await services.chat.events(session.conversation_id, after)
    return JSONResponse(await rendering.events(request, session.conversation_id, found),
                        headers={"cache-control": "no-store"})
