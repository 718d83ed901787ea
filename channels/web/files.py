"""Static files kept in memory: validators, compression once, 304 when nothing changed."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Mapping
from functools import cached_property

from fastapi import Request
from fastapi.responses import Response


class ServedFile:
    """A file's bytes and media type, its ETag and its gzipped form."""

    def __init__(self, body: bytes, media_type: str) -> None:
        self.body = body
        self.media_type = media_type

    @cached_property
    def etag(self) -> str:
        """Strong validator of the content."""
        return f'"{hashlib.sha256(self.body).hexdigest()[:24]}"'

    @cached_property
    def gzipped(self) -> bytes:
        """The content, compressed once."""
        return gzip.compress(self.body, 9, mtime=0)


def serve(request: Request, file: ServedFile, caching: str, headers: Mapping[str, str] | None = None) -> Response:
    """The file, compressed when the client takes it; 304 when the client has it."""
    common = {"etag": file.etag, "cache-control": caching, "vary": "accept-encoding", "x-content-type-options": "nosniff",
              **(headers or {})}
    known = [tag.strip().removeprefix("W/") for tag in request.headers.get("if-none-match", "").split(",")]
    if file.etag in known:
        return Response(status_code=304, headers=common)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(file.gzipped, media_type=file.media_type, headers={**common, "content-encoding": "gzip"})
    return Response(file.body, media_type=file.media_type, headers=common)
