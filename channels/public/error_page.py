"""An error that a person meets in their browser is a page with ways to go on; programs get the contract's JSON from `app.py`."""

from __future__ import annotations

from collections.abc import Mapping

from fastapi import Request
from fastapi.responses import HTMLResponse

from channels.web.pages import render

_FOR_PROGRAMS = ("/api/", "/webhooks/", "/health/", "/metrics", "/console/")
_TITLES = {404: "Cette page n’existe pas ou n’existe plus", 429: "Trop de demandes à la suite"}


def wants_page(request: Request) -> bool:
    """True when a browser asks for a page of the public site. The console has its own error pages."""
    asks_page = "text/html" in request.headers.get("accept", "")
    return asks_page and not request.url.path.startswith(_FOR_PROGRAMS)


def error_page(request: Request, status: int, message: str, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The page of an error; `message` is a French sentence safe to show."""
    return render(request, "error.html", status=status, headers=headers, title=_TITLES.get(status, "Ce n’est pas possible"),
                  message="Vérifiez l’adresse, ou cherchez ce que vous vouliez lire." if status == 404 else message)
