"""Before any route of the chat: which site asks (CORS) and how much it sends. Plain ASGI, so that it costs a turn nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable

from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.errors import Forbidden, HelplineError, TooLarge
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
            return await _answer(send, 204, headers=_PREFLIGHT.items())
        if scope["path"].startswith("/api/chat/") and not _is_known(scope, headers, origin):
            return await _refuse(send, Forbidden("Ce site n'est pas autorisé à afficher ce chat."))
        if _announced(headers) > MOST_BYTES:
            return await _refuse(send, TooLarge())
        await self.app(scope, _limited(receive), send)


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


def _limited(receive: Receive) -> Receive:
    read = 0

    async def wrapped() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > MOST_BYTES:
            # A body sent in pieces: the framework turns anything but its own exception into a 400.
            raise HTTPException(TooLarge.status, TooLarge.default)
        return message

    return wrapped


async def _refuse(send: Send, error: HelplineError) -> None:
    body = json.dumps({"error": {"code": error.code, "message": error.message}}, ensure_ascii=False).encode()
    await _answer(send, error.status, body, (("content-type", "application/json"),))


async def _answer(send: Send, status: int, body: bytes = b"", headers: Iterable[tuple[str, str]] = ()) -> None:
    raw = [(name.encode(), value.encode()) for name, value in headers]
    await send({"type": "http.response.start", "status": status, "headers": [*raw, (b"content-length", b"%d" % len(body))]})
    await send({"type": "http.response.body", "body": body})
