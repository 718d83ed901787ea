"""The page of teams: their topics and territories decide where a new case goes."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.people.teams import TERRITORIES

router = APIRouter(prefix="/console/administration/equipes", include_in_schema=False, route_class=PageRoute)
Short = Annotated[str, Form(max_length=200)]
Topics = Annotated[list[int], Form()]
Territories = Annotated[list[str], Form()]
_PAGE = "/console/administration/equipes"


@router.get("")
async def teams_page(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """Every team, and the form of a new one."""
    me = login.principal
    me.need(me.administers)
    known = await services.teams.list(me)
    loose = sorted(set(await services.teams.names(me)) - {team.name for team in known})
    return render(request, "teams.html", title="Équipes", login=login, teams=known, loose=loose, territories=TERRITORIES)


@router.post("")
async def create(services: AnyServices, login: Posting, name: Short, topic: Topics = [],  # noqa: B006 - FastAPI copies it
                 territory: Territories = []) -> RedirectResponse:  # noqa: B006
    """A new team."""
    await services.teams.save(login.principal, name, topic, territory)
    return back(_PAGE, f"L'équipe {name.strip()} est créée.")


@router.post("/{team_id}")
async def change(services: AnyServices, login: Posting, team_id: str, name: Short, topic: Topics = [],  # noqa: B006
                 territory: Territories = []) -> RedirectResponse:  # noqa: B006
    """Name, topics, territories."""
    await services.teams.save(login.principal, name, topic, territory, id=team_id)
    return back(_PAGE, f"L'équipe {name.strip()} est à jour.")


@router.post("/{team_id}/fin")
async def delete(services: AnyServices, login: Posting, team_id: str) -> RedirectResponse:
    """Its people and its cases belong to none from then on."""
    await services.teams.delete(login.principal, team_id)
    return back(_PAGE, "L'équipe est supprimée.")
