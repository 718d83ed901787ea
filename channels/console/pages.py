"""Renders the console's pages and fragments: escaped, compressed, under headers that let no foreign or inline script run."""

from __future__ import annotations

import gzip
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from channels.console import filters, labels, typography
from channels.console.assets import versioned
from channels.console.flash import flash_of, shown
from channels.console.navigation import pages_for
from channels.console.session import form_token
from channels.people.entering import Login

_CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; font-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
_HEADERS = {"content-security-policy": _CSP, "cache-control": "no-store", "x-content-type-options": "nosniff",
            "referrer-policy": "same-origin", "vary": "accept-encoding, cookie"}
_WORTH_COMPRESSING = 1400  # bytes


@lru_cache
def templates() -> Environment:
    """The console's templates with their filters."""
    environment = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), undefined=StrictUndefined,
                              auto_reload=False, trim_blocks=True, lstrip_blocks=True,
                              autoescape=select_autoescape(default=True, default_for_string=True))
    typography.install(environment)
    environment.globals.update(asset=versioned, labels=labels)
    environment.filters.update(filters.FILTERS)
    return environment


def fragment(template: str, **context: Any) -> str:
    """A piece of a page, as text."""
    return templates().get_template(template).render(context)


def macro(template: str, name: str, *arguments: Any) -> str:
    """What one macro of a template gives."""
    return str(getattr(templates().get_template(template).module, name)(*arguments)).strip()


def render(request: Request, template: str, *, title: str, login: Login | None = None, status: int = 200,
           secret: str | None = None, **context: Any) -> HTMLResponse:
    """A page. `secret` seals the forms of people who are not logged in yet."""
    sealed = login.csrf if login else secret
    me = login.principal if login else None
    flash = flash_of(request)
    html = fragment(template, title=title, me=me, csrf=form_token(sealed) if sealed else "", flash=flash,
                    path=request.url.path, pages=pages_for(me), **context)
    response = html_response(request, html, status)
    if flash:
        shown(response)
    return response


def html_response(request: Request, html: str, status: int = 200, headers: Mapping[str, str] | None = None) -> HTMLResponse:
    """The answer, compressed when the browser takes it."""
    body, extra = html.encode(), dict(headers or {})
    if len(body) > _WORTH_COMPRESSING and "gzip" in request.headers.get("accept-encoding", ""):
        body, extra["content-encoding"] = gzip.compress(body, 5, mtime=0), "gzip"
    return HTMLResponse(body, status, headers={**_HEADERS, **extra})
