"""Who is asking: the session of the token, and the site that embeds the chat. Dependencies of the routes."""

from __future__ import annotations

from hashlib import blake2b
from typing import Annotated

from fastapi import Depends, Request

from channels.case.views import Session
from channels.errors import Forbidden, Unauthorized
from channels.services import Services
from channels.webchat.origins import Origins


def services_of(request: Request) -> Services:
    """The services that `app.py` opened."""
    services: Services = request.app.state.services
    return services


# Coroutines, although they wait for nothing: FastAPI sends plain functions to a thread, which costs a turn more than they do.
async def _services(request: Request) -> Services:
    return services_of(request)


AnyServices = Annotated[Services, Depends(_services)]


async def bearer(request: Request) -> str:
    """The token of the Authorization header.

    Raises:
        Unauthorized: there is none.
    """
    scheme, _, token = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise Unauthorized
    return token.strip()


Token = Annotated[str, Depends(bearer)]


async def current_session(services: AnyServices, token: Token) -> Session:
    """The open session of the token."""
    return await services.chat.session(token)


CurrentSession = Annotated[Session, Depends(current_session)]


def trace(token: str) -> str:
    """A short one-way name of a token, so that no token is kept in memory."""
    return blake2b(token.encode(), digest_size=8).hexdigest()


def check_origin(request: Request, site_key: str | None) -> None:
    """Refuses a site key used from a site that may not embed it.

    Raises:
        Forbidden: with a sentence that the widget shows.
    """
    if not origins_of(request.app).may_open(request.headers.get("origin", ""), site_key):
        raise Forbidden("Ce site n'est pas autorisé à afficher ce chat.")


def origins_of(app: object) -> Origins:
    """The allowed origins of this application, read from its settings the first time."""
    state = app.state  # type: ignore[attr-defined]
    if getattr(state, "chat_origins", None) is None:
        settings = state.services.settings
        state.chat_origins = Origins(settings.widget_origins, settings.public_base)
    found: Origins = state.chat_origins
    return found
