"""What we do with data, and how accessible these pages are."""

from __future__ import annotations

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from channels.privacy.register import REGISTER
from channels.settings import Settings
from channels.web.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/donnees", response_class=HTMLResponse)
def data_page(request: Request) -> HTMLResponse:
    """What is kept, why, for how long, and how to erase it; the periods are those that the purge applies."""
    return render(request, "data.html", title="Vos données", periods=periods(request.app.state.services.settings))


@router.get("/accessibilite", response_class=HTMLResponse)
def accessibility_page(request: Request) -> HTMLResponse:
    """A short, honest statement."""
    return render(request, "accessibility.html", title="Accessibilité")


def periods(settings: Settings) -> list[tuple[str, str, str]]:
    """(what, why, how long) of each kind of data that concerns a citizen, with the periods of this installation."""
    return [(entry.what, entry.why, entry.how_long(settings)) for entry in REGISTER if entry.public]
