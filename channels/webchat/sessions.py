"""A conversation's beginning and end, and what its owner may do with it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit, urlunsplit

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, PlainTextResponse, Response

from channels.web.limiting import address_of, spend
from channels.web.rate_limits import FEEDBACK, READS, SESSIONS, TICKETS
from channels.webchat import rendering
from channels.webchat.access import AnyServices, CurrentSession, check_origin
from channels.webchat.schemas import ERRORS, FeedbackRequest, SeenRequest, SessionModel, SessionRequest, TicketModel

router = APIRouter(prefix="/api/chat", responses=ERRORS)


@router.post("/sessions", status_code=201, response_model=SessionModel, summary="Ouvrir une conversation")
async def open_session(request: Request, services: AnyServices, body: SessionRequest | None = None) -> Any:
    """The first message says that it is an automatic assistant. The token is given once."""
    asked = body or SessionRequest()
    check_origin(request, asked.site_key)
    spend(request, SESSIONS, address_of(request))
    session = await services.chat.open_session(
        locale=asked.locale, page_url=_without_query(asked.page_url), site_key=asked.site_key, address=address_of(request))
    return JSONResponse(await rendering.opened(request, session), 201)


@router.delete("/session", status_code=204, summary="Effacer la conversation")
async def erase(services: AnyServices, session: CurrentSession) -> Response:
    """Everything that was said is erased; the token no longer works."""
    await services.chat.erase(session.conversation_id)
    return Response(status_code=204)


@router.post("/ticket", response_model=TicketModel, summary="Un ticket pour ouvrir le flux")
async def ticket(request: Request, services: AnyServices, session: CurrentSession) -> Any:
    """Serves once, within a minute."""
    spend(request, TICKETS, session.conversation_id)
    return JSONResponse({"ticket": await services.chat.ticket(session.conversation_id)})


@router.post("/feedback", status_code=204, summary="Donner son avis")
async def feedback(request: Request, services: AnyServices, session: CurrentSession, body: FeedbackRequest) -> Response:
    """From 1 (not at all useful) to 5."""
    spend(request, FEEDBACK, session.conversation_id)
    await services.chat.feedback(session.conversation_id, body.score, body.comment)
    return Response(status_code=204)


@router.get("/transcript", response_class=PlainTextResponse, summary="La conversation en texte")
async def transcript(request: Request, services: AnyServices, session: CurrentSession) -> PlainTextResponse:
    """For the citizen: what was said, by whom and when."""
    spend(request, READS, session.conversation_id)
    return PlainTextResponse(await services.chat.transcript(session.conversation_id), headers={"cache-control": "no-store"})


@router.post("/typing", status_code=204, summary="Signaler que l'on écrit")
async def typing(request: Request, services: AnyServices, session: CurrentSession) -> Response:
    """The advisor's screen shows it for a few seconds."""
    spend(request, READS, session.conversation_id)
    services.chat.typing(session.conversation_id, "citizen")
    return Response(status_code=204)


@router.post("/seen", status_code=204, summary="Signaler ce que l'on a lu")
async def seen(request: Request, services: AnyServices, session: CurrentSession, body: SeenRequest) -> Response:
    """The advisor's screen shows how far the person has read."""
    spend(request, READS, session.conversation_id)
    await services.chat.seen(session.conversation_id, body.seq, "citizen")
    return Response(status_code=204)


def _without_query(address: str | None) -> str | None:
    # A query may hold what the person searched for; which page it was is all that we need.
    if not address or not address.startswith(("http://", "https://")):
        return None
    parts = urlsplit(address)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, "", ""))
