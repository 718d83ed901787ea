"""The chat as a full page, and the link of an SMS that leads to it."""

from __future__ import annotations

import json

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from channels.errors import HelplineError
from channels.web.limiting import address_of, spend
from channels.web.pages import render
from channels.web.rate_limits import SESSIONS
from channels.webchat.access import AnyServices

router = APIRouter(include_in_schema=False)
_PRIVATE = {"cache-control": "no-store", "referrer-policy": "no-referrer"}


@router.get("/chat", response_class=HTMLResponse)
def chat_page(request: Request) -> HTMLResponse:
    """The conversation on the whole screen; the number, SMS and the sheets for those without script."""
    return render(request, "chat.html", title="Posez votre question")


@router.get("/r/{token}", response_class=HTMLResponse)
def continue_page(request: Request) -> HTMLResponse:
    """A button that goes on in the web chat. Looking at the link (a preview, a scanner, a prefetch) does not use it up."""
    return render(request, "continue.html", title="Continuer votre conversation", headers=_PRIVATE)


@router.post("/r/{token}", response_class=HTMLResponse)
async def continue_chat(request: Request, services: AnyServices, token: str) -> HTMLResponse:
    """Goes on in the web chat where the SMS stopped. Single use: a second time says so and leads to the chat."""
    spend(request, SESSIONS, address_of(request))
    try:
        session = await services.chat.continue_from(token, address_of(request))
    except HelplineError as error:
        return render(request, "used_link.html", title="Ce lien a déjà servi", status=error.status, headers=_PRIVATE)
    wire = session.wire()
    kept = json.dumps({name: wire[name] for name in ("session_id", "token", "expires_at")})
    return render(request, "chat.html", title="Votre conversation", headers=_PRIVATE, session=kept)
