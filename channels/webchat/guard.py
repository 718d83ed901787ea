"""Before any route of the chat: which site asks (CORS) and how much it sends. Plain ASGI, so that it costs a turn nothing."""

from __future__ import annotations

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.errors import Forbidden, TooLarge
from channels.web.body_limit import counted, refuse
from channels.webchat.access import origins_of

PREFIXES = ("/api/chat/", "/api/kb/")
MOST_BYTES = 65_536
_PREFLIGHT = {"access-control-allow-methods": "GET, POST, DELETE", "access-control-max-age": "86400",
              "access-control-allow-headers": "authorization, content-type, idempotency-key"}


class ChatGuard:
    """Answers preflights, refuses unknown sites with a reason their page can show, and bodies over 64 KiB."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http" or not scope["path"].startswith(PREFIXES):
            return await self.app(scope, receive, send)
        headers = Headers(scope=scope)
        origin = headers.get("origin", "")
        send = _with_cors(send, origin) if origin else send
        if scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            return await _allow(send)
        if scope["path"].startswith("/api/chat/") and not _is_known(scope, headers, origin):
            return await refuse(send, Forbidden("Ce site n'est pas autorisé à afficher ce chat."))
        if _announced(headers) > MOST_BYTES:
            return await refuse(send, TooLarge())
        await self.app(scope, counted(receive, MOST_BYTES), send)


def _is_known(scope: Scope, headers: Headers, origin: str) -> bool:
    own = f"{scope['scheme']}://{headers.get('host', '')}"
    return origin == own or origins_of(scope["app"]).known(origin)


def _announced(headers: Headers) -> int:
    length = headers.get("content-length", "")
    return int(length) if length.isdecimal() else 0


def _with_cors(send: Send, origin: str) -> Send:
    async def wrapped(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["access-control-allow-origin"] = origin
            headers["access-control-expose-headers"] = "retry-after"
            headers.add_vary_header("origin")
        await send(message)

    return wrapped


async def _allow(send: Send) -> None:
    headers = [(name.encode(), value.encode()) for name, value in _PREFLIGHT.items()]
    await send({"type": "http.response.start", "status": 204, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
