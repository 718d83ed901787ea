"""The widget's script: readable source, served without its comments, with validators and the right caching for each address.

`/widget.js` is what sites embed: always fresh. It names the version whose files it goes with and the integrity of their list:
`/widget/<version>/files.json` gives the integrity of each module, so that a site that pins the loader pins all of it. Versions
are content hashes, cached for a year, and kept in the state directory so that a pinned site works after an update.
`/widget/v1/<file>` is the present script without a pin, for reading.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from channels.errors import NotFound
from channels.web.files import ServedFile, serve
from channels.webchat.kept_versions import keep, kept

FOLDER = Path(__file__).parent / "static"
FRESH = "public, max-age=300, stale-while-revalidate=86400"
FOR_EVER = "public, max-age=31536000, immutable"
SCRIPT = "text/javascript; charset=utf-8"
_COMMENT = re.compile(rb"^[ \t]*(?:/\*(?:(?!\*/).)*\*/|//[^\n]*)[ \t]*\n", re.DOTALL | re.MULTILINE)
_SHARED = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Widget:
    """The files of one state of the widget by name (`widget.js` is the loader), and the version that names that state."""

    version: str
    files: dict[str, ServedFile]

    @property
    def loader(self) -> ServedFile:
        """What sites embed."""
        return self.files["widget.js"]


def integrity(body: bytes) -> str:
    """The subresource-integrity text of a file."""
    return "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()


def without_comments(source: bytes) -> bytes:
    """The script without the comments that fill lines of their own: a fifth of what a telephone would fetch."""
    return _COMMENT.sub(b"", source)


@lru_cache
def widget() -> Widget:
    """Today's, read once: a new version comes with a restart."""
    modules = {path.name: without_comments(path.read_bytes()) for path in sorted((FOLDER / "widget").glob("*.js"))}
    listed = json.dumps({name: integrity(body) for name, body in modules.items()}, indent=0).encode()
    loader = without_comments((FOLDER / "widget.js").read_bytes())
    version = hashlib.sha256(loader + listed).hexdigest()[:16]
    loader = loader.replace(b'VERSION = "v1"', f'VERSION = "{version}"'.encode())
    loader = loader.replace(b'INTEGRITY = ""', f'INTEGRITY = "{integrity(listed)}"'.encode())
    files = {name: ServedFile(body, SCRIPT) for name, body in {**modules, "widget.js": loader}.items()}
    return Widget(version, {**files, "files.json": ServedFile(listed, "application/json")})


@router.get("/widget.js")
def loader(request: Request) -> Response:
    """What the one line on a site fetches. From then on its version may be in somebody's cache."""
    keep(widget(), request.app.state.services.settings.state_dir)
    return serve(request, widget().loader, FRESH, _SHARED)


@router.get("/widget.json")
def pinned_address(request: Request) -> JSONResponse:
    """The versioned address of today's widget and its integrity, for sites that pin it."""
    base = request.app.state.services.settings.public_base
    current = widget()
    return JSONResponse({"src": f"{base}/widget/{current.version}/widget.js", "integrity": integrity(current.loader.body)})


@router.get("/widget/{version}/{name}")
def module(request: Request, version: str, name: str) -> Response:
    """A file of today's widget, or of an earlier one that a site pinned."""
    if version in {"v1", widget().version}:
        file = widget().files.get(name)
    else:
        file = kept(version, name, request.app.state.services.settings.state_dir)
    if file is None:
        raise NotFound
    return serve(request, file, FRESH if version == "v1" else FOR_EVER, _SHARED)
