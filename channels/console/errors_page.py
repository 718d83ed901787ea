"""Routes of pages: an expected error becomes a page (or a sentence on the page where one was); scripts get JSON from `app.py`."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote, urlsplit

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import RedirectResponse
from fastapi.routing import APIRoute

from channels.console.flash import back
from channels.console.pages import render
from channels.errors import HelplineError, Invalid, Unauthorized

LOGIN = "/console/connexion"
NOT_FOUND = 404
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


class PageRoute(APIRoute):
    """A route whose errors people see."""

    def get_route_handler(self) -> Handler:
        """Wraps FastAPI's own."""
        handle = super().get_route_handler()

        async def handling(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return _shown(request, Invalid(), error)
            except HelplineError as error:
                return _shown(request, error, error)

        return handling


def _shown(request: Request, error: HelplineError, cause: Exception) -> Response:
    if asked_by_script(request):
        if isinstance(error, Unauthorized):
            error.headers["HX-Redirect"] = LOGIN
        raise cause
    if isinstance(error, Unauthorized):
        wanted = request.url.path if request.method == "GET" else "/console/"
        return RedirectResponse(f"{LOGIN}?suite={quote(wanted)}", 303)
    came_from = urlsplit(request.headers.get("referer", "")).path
    if request.method == "POST" and came_from.startswith("/console/"):
        return back(came_from, error.message, "error")
    return render(request, "error.html", title="Ce n'est pas possible", status=error.status, message=error.message)


def wants_page(request: Request) -> bool:
    """True when a browser asks for an address of the console: its person reads a page, also where there is none."""
    asks_page = "text/html" in request.headers.get("accept", "")
    return asks_page and request.url.path.startswith("/console/") and not asked_by_script(request)


def error_page(request: Request, status: int, message: str) -> Response:
    """The page of an address that leads nowhere."""
    if status == NOT_FOUND:
        return render(request, "error.html", title="Cette page n'existe pas", status=status, message="Vérifiez l'adresse.")
    return render(request, "error.html", title="Ce n'est pas possible", status=status, message=message)


def asked_by_script(request: Request) -> bool:
    """True for HTMX and for our own scripts."""
    return "hx-request" in request.headers or "x-csrf-token" in request.headers
