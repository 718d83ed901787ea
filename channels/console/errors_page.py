"""Routes of pages: an expected error becomes a page (or a sentence on the page where one was); scripts get JSON from `app.py`."""

from __future__ import annotations

import re
from collections.abc import Callable, Coroutine
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, RedirectResponse
from fastapi.routing import APIRoute

from channels.console.flash import back
from channels.console.held import Typed, page_again, page_of, typed_in
from channels.console.pages import html_response, render
from channels.console.session import ACCOUNT
from channels.errors import HelplineError, Invalid, SecondFactorMissing, Unauthorized

LOGIN = "/console/connexion"
NOT_FOUND = 404
Handler = Callable[[Request], Coroutine[Any, Any, Response]]


# The addresses that give a page, and no stream or file.
_PAGES: dict[str, re.Pattern[str]] = {}


def is_page(page: str) -> bool:
    """Whether an address of the console, with its query, is that of a page."""
    return any(pattern.fullmatch(page.partition("?")[0]) for pattern in _PAGES.values())


class PageRoute(APIRoute):
    """A route whose errors people see."""

    def get_route_handler(self) -> Handler:
        """Wraps FastAPI's own."""
        handle = super().get_route_handler()
        if self.endpoint.__annotations__.get("return") == HTMLResponse.__name__ and "GET" in (self.methods or ()):
            _PAGES[self.path_format] = self.path_regex

        async def handling(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                return await _shown(request, Invalid(), error)
            except HelplineError as error:
                return await _shown(request, error, error)

        return handling


async def _shown(request: Request, error: HelplineError, cause: Exception) -> Response:
    if asked_by_script(request):
        if isinstance(error, Unauthorized):
            error.headers["HX-Redirect"] = LOGIN
        raise cause
    if isinstance(error, SecondFactorMissing):
        return back(f"{ACCOUNT}#double", error.message, "error")
    if isinstance(error, Unauthorized):
        wanted = request.url.path if request.method == "GET" else "/console/"
        return RedirectResponse(f"{LOGIN}?suite={quote(wanted)}", 303)
    if request.method == "POST":
        typed = await typed_in(request)
        page = page_of(request, typed)
        if page:
            return await _refused(request, error, page, typed)
    return render(request, "error.html", title="Ce n'est pas possible", status=error.status, message=error.message)


async def _refused(request: Request, error: HelplineError, page: str, typed: Typed) -> Response:
    """The page of the form: filled as it was sent, or with the sentence alone where nothing was typed."""
    again = await page_again(request, page, typed, error.message) if is_page(page) else None
    return back(page, error.message, "error") if again is None else html_response(request, again, error.status)


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
