"""The places near the person of a case: which desk serves their commune, with how to reach it."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from channels.case import reading as case_reading
from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.pages import fragment, html_response
from channels.console.session import Me
from channels.web.knowledge import Knowledge
from knowledge_base.facade import KnowledgeBase
from knowledge_base.places.entities import SiteHit

router = APIRouter(prefix="/console/cases/{case_id}", include_in_schema=False, route_class=PageRoute)
# What an advisor sends people to, in the order in which it is asked.
DESKS = {"mission_locale": "Mission locale", "cio": "CIO", "france_travail": "France Travail", "info_jeunes": "Info jeunes",
         "prc": "Point relais conseil VAE", "mdph": "MDPH", "cma": "Chambre de métiers"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Desk:
    """One desk of the list, under the name of its kind."""

    kind: str
    hit: SiteHit


@router.get("/lieux")
async def places_part(request: Request, services: AnyServices, login: Me, knowledge: Knowledge, case_id: int) -> HTMLResponse:
    """The desks for the commune of the case; nothing without one."""
    me = login.principal
    # The look at the case itself is in the audit log already: this is a part of the same page.
    detail = await services.db.read(lambda session: case_reading.detail(session, me, case_id, services.sentences))
    place = detail.row.place
    return html_response(request, fragment("parts/places.html", place=place, desks=desks_of(knowledge, place)))


def desks_of(knowledge: KnowledgeBase, commune: str | None) -> list[Desk]:
    """The desk of each kind that serves a commune, else the nearest; empty when the commune is unknown."""
    place = knowledge.find_place(commune) if commune else None
    if place is None:
        return []
    found = ((label, knowledge.structure_for(place, kind)) for kind, label in DESKS.items())
    return [Desk(label, hit) for label, hit in found if hit is not None]
