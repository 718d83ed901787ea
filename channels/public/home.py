"""The demonstration page with the widget, and the style sheet of the public pages."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from channels.errors import NotFound
from channels.web.files import ServedFile, serve
from channels.web.pages import render

router = APIRouter(include_in_schema=False)
FOLDER = Path(__file__).parent / "static"
_TYPES = {".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml"}


@router.get("/", response_class=HTMLResponse)
def demonstration(request: Request) -> HTMLResponse:
    """What a page of a regional site looks like with the chat on it; says what is only illustrative."""
    return render(request, "home.html", title="Parcours-Métiers, page de démonstration")


@router.get("/public/{name}")
def static_file(request: Request, name: str) -> Response:
    """A file of `static/`."""
    file = _files().get(name)
    if file is None:
        raise NotFound
    return serve(request, file, "public, max-age=3600")


@router.get("/favicon.ico")
def icon() -> Response:
    """None: spares the logs a 404."""
    return Response(status_code=204, headers={"cache-control": "public, max-age=86400"})


@lru_cache
def _files() -> dict[str, ServedFile]:
    return {path.name: ServedFile(path.read_bytes(), _TYPES[path.suffix]) for path in FOLDER.iterdir() if path.suffix in _TYPES}
