"""Renders a page: escaped templates, the layout's facts, and headers under which no foreign or inline script can run."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from knowledge_base.dates import french_date
from knowledge_base.kinds import LABELS

_CHANNELS = Path(__file__).parents[1]
_CSP = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'self'")
_HEADERS = {"content-security-policy": _CSP, "cache-control": "no-cache"}


@lru_cache
def templates() -> Environment:
    """The templates of the public pages and of the chat page."""
    folders = [_CHANNELS / "public" / "templates", _CHANNELS / "webchat" / "templates"]
    environment = Environment(loader=FileSystemLoader(folders), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
                              autoescape=select_autoescape(default=True, default_for_string=True))
    environment.filters["french_date"] = french_date
    return environment


def render(request: Request, template: str, *, status: int = 200, headers: Mapping[str, str] | None = None,
           **context: Any) -> HTMLResponse:
    """The page; `context` needs at least `title`. Numbers and addresses come from the settings, never from a template."""
    settings = request.app.state.services.settings
    number = settings.helpline_number
    facts = {"kinds": LABELS, "helpline": number, "helpline_link": _dialled(number), "sms_number": settings.twilio_from,
             "public_base": settings.public_base, "session": None, "path": request.url.path}
    html = templates().get_template(template).render({**facts, **context})
    return HTMLResponse(html, status, headers={**_HEADERS, **(headers or {})})


def _dialled(number: str | None) -> str:
    return "".join(character for character in number or "" if character.isdigit() or character == "+")
