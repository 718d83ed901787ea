"""No request is longer than what its address can use: counted as it arrives, announced or not. Plain ASGI."""

from __future__ import annotations

import json

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.error_rendering import error_body
from channels.errors import HelplineError, TooLarge

# The one road for files; everything else is a form or a few lines of JSON.
_FILE = "/api/advisor/transcripts"
MOST_BYTES, MOST_FILE_BYTES = 1024 * 1024, 11 * 1024 * 1024


class BodyLimit:
    """413 beyond the limit, before anything reads the body into memory."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI."""
        if scope["type"] != "http":
            return await self.app(scope, receive, send)
        most = MOST_FILE_BYTES if scope["path"].startswith(_FILE) else MOST_BYTES
        length = Headers(scope=scope).get("content-length", "")
        if length.isdecimal() and int(length) > most:
            return await refuse(send, TooLarge())
        await self.app(scope, counted(receive, most), send)


def counted(receive: Receive, most: int) -> Receive:
    """The same body, stopped with 413 once more than `most` bytes of it have come."""
    read = 0

    async def wrapped() -> Message:
        nonlocal read
        message = await receive()
        read += len(message.get("body", b""))
        if read > most:
            # A body sent in pieces: the framework turns anything but its own exception into a 400.
            raise HTTPException(TooLarge.status, TooLarge.default)
        return message

    return wrapped


async def refuse(send: Send, error: HelplineError) -> None:
    """Answers the contract's error in place of the application; the body, unread, goes with the connection."""
    body = json.dumps(error_body(error.code, error.message), ensure_ascii=False).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", b"%d" % len(body)), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": error.status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
