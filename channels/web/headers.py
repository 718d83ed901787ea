"""Security headers on every answer, as plain ASGI; a page that needs others sets its own and keeps them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit, urlunsplit

Message = MutableMapping[str, Any]
Send = Callable[[Message], Awaitable[None]]
Receive = Callable[[], Awaitable[Message]]
Scope = MutableMapping[str, Any]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

DEFAULTS = (
    (b"content-security-policy",
     b"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
    (b"cross-origin-opener-policy", b"same-origin"),
)


class SecurityHeaders:
    """Adds the defaults that the answer does not set itself."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)

        host = dict(scope["headers"]).get(b"host", b"")

        async def sending(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = [(name, _inside(name, value, host)) for name, value in message.get("headers", ())]
                there = {name.lower() for name, _ in headers}
                message["headers"] = headers + [item for item in DEFAULTS if item[0] not in there]
            await send(message)

        await self.app(scope, receive, sending)


def _inside(name: bytes, value: bytes, host: bytes) -> bytes:
    """A redirect to where the request came names no host: « Host: evil.example » leads nowhere."""
    if name.lower() != b"location" or not value.startswith((b"http://" + host + b"/", b"https://" + host + b"/")):
        return value
    parts = urlsplit(value.decode("latin-1"))
    return urlunsplit(("", "", parts.path or "/", parts.query, parts.fragment)).encode("latin-1")
