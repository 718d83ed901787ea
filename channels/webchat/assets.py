"""The widget's script: readable source, served as it is, with validators and the right caching for each address.

`/widget.js` is what sites embed: always fresh. `/widget/v1/<file>` are its modules. `/widget/<hash>/widget.js` is one fixed state of
all of it, cached for a year, for sites that pin an `integrity`; it tells the browser the integrity of each module.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse, Response

from channels.errors import NotFound
from channels.public.files import ServedFile, serve

FOLDER = Path(__file__).parent / "static"
FRESH = "public, max-age=300, stale-while-revalidate=86400"
FOR_EVER = "public, max-age=31536000, immutable"
SCRIPT = "text/javascript; charset=utf-8"
_SHARED = {"access-control-allow-origin": "*", "cross-origin-resource-policy": "cross-origin"}

router = APIRouter(include_in_schema=False)


@dataclass(frozen=True)
class Widget:
    """The loader and its modules, as they lie on disk, and the version that names this state of them."""

    loader: ServedFile
    modules: dict[str, ServedFile]
    version: str
    pinned_loader: ServedFile

    @property
    def integrity(self) -> str:
        """What a site writes in `integrity=` beside the versioned address."""
        return integrity(self.pinned_loader.body)


def integrity(body: bytes) -> str:
    """The subresource-integrity text of a file."""
    return "sha256-" + base64.b64encode(hashlib.sha256(body).digest()).decode()


@lru_cache
def widget() -> Widget:
    """Read once: a new version comes with a restart."""
    modules = {path.name: ServedFile(path.read_bytes(), SCRIPT) for path in sorted((FOLDER / "widget").glob("*.js"))}
    loader = ServedFile((FOLDER / "widget.js").read_bytes(), SCRIPT)
    table = json.dumps({name: integrity(file.body) for name, file in modules.items()}, separators=(",", ":"))
    # The pinned loader is the loader with one line filled in: the integrity of the modules of the same state.
    pinned = ServedFile(loader.body.replace(b"const PINNED = {};", f"const PINNED = {table};".encode()), SCRIPT)
    return Widget(loader, modules, hashlib.sha256(pinned.body).hexdigest()[:16], pinned)


@router.get("/widget.js")
def loader(request: Request) -> Response:
    """What the one line on a site fetches."""
    return serve(request, widget().loader, FRESH, _SHARED)


@router.get("/widget.json")
def pinned_address(request: Request) -> JSONResponse:
    """The versioned address of today's widget and its integrity, for sites that pin it."""
    base = request.app.state.services.settings.public_base
    return JSONResponse({"src": f"{base}/widget/{widget().version}/widget.js", "integrity": widget().integrity})


@router.get("/widget/{version}/{name}")
def module(request: Request, version: str, name: str) -> Response:
    """A module of the current state, or a file of the pinned state."""
    if version not in {"v1", widget().version}:
        raise NotFound("Cette version du chat n'est plus servie.")
    pinned = version != "v1"
    file = widget().pinned_loader if pinned and name == "widget.js" else widget().modules.get(name)
    if file is None:
        raise NotFound
    return serve(request, file, FOR_EVER if pinned else FRESH, _SHARED)
