"""Scripts and styles: our own, and two files of npm packages from where `npm ci` put them. Nothing else can be asked for."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from channels.errors import NotFound
from channels.web.files import ServedFile, serve

router = APIRouter(include_in_schema=False)
_OWN = Path(__file__).parent / "static"
_PACKAGES = Path(__file__).resolve().parents[2] / "node_modules"
_FROM_NPM = {"pico.css": "@picocss/pico/css/pico.min.css", "htmx.js": "htmx.org/dist/htmx.min.js"}
_TYPES = {".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
# The address carries the content's mark: it may be kept for ever. A script's imports have none: asked again each time.
_MARKED, _BARE = "public, max-age=31536000, immutable", "no-cache"


@cache
def files() -> dict[str, ServedFile]:
    """Every file that may be served, by name; read once.

    Raises:
        FileNotFoundError: `npm ci` was not run.
    """
    paths = {path.name: path for path in _OWN.iterdir() if path.suffix in _TYPES}
    paths |= {name: _PACKAGES / path for name, path in _FROM_NPM.items()}
    return {name: ServedFile(path.read_bytes(), _TYPES[Path(name).suffix]) for name, path in paths.items()}


@cache
def versioned(name: str) -> str:
    """The address of a file, with a mark that changes with its content."""
    return f"/console/assets/{name}?{files()[name].etag.strip(chr(34))[:10]}"


@router.get("/console/assets/{name}")
def asset(request: Request, name: str) -> Response:
    """One file of the list, with its ETag."""
    file = files().get(name)
    if file is None:
        raise NotFound
    return serve(request, file, _MARKED if request.url.query else _BARE)
