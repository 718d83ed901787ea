"""HEAD answers wherever GET does: the same status and headers, no body. Monitors and link checkers ask so."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """Asks the application as GET and keeps the body to itself; a stream that never ends is left after its headers."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self._app(scope, receive, send)
            return
        try:
            await self._app({**scope, "method": "GET"}, receive, _headers_only(send))
        except _HeadersSentError:
            await send({"type": "http.response.body", "body": b""})


class _HeadersSentError(Exception):
    """The rest of an endless answer is not wanted."""


def _headers_only(send: Send) -> Send:
    endless = False

    async def sending(message: Message) -> None:
        nonlocal endless
        if message["type"] == "http.response.start":
            endless = dict(message["headers"]).get(b"content-type", b"").startswith(b"text/event-stream")
            await send(message)
        elif endless:
            raise _HeadersSentError
        elif not message.get("more_body"):
            await send({"type": "http.response.body", "body": b""})

    return sending
