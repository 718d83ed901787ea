"""The page of those on duty: read by everybody who sees cases, changed by supervisors."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.hours.french_dates import WEEKDAYS
from channels.people.duty import NewShift

router = APIRouter(prefix="/console/astreinte", include_in_schema=False, route_class=PageRoute)
Short = Annotated[str, Form(max_length=200)]
Weekdays = Annotated[list[int], Form()]
_PAGE = "/console/astreinte"


@router.get("")
async def duty_page(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """Who is on duty now and in the seven days to come, where nobody is, and how each is told."""
    me, mark = login.principal, services.fanout.mark()
    rota = await services.duty.rota(me)
    return render(request, "duty.html", title="Astreinte", login=login, live=mark, rota=rota, weekdays=WEEKDAYS,
                  alerts=await services.alerts.open(me), teams=await services.teams.names(me))


@router.post("")
async def add(services: AnyServices, login: Posting, account: Short, starts: Short, ends: Short,
              weekday: Weekdays = [], day: Short = "", team: Short = "") -> RedirectResponse:  # noqa: B006 - FastAPI copies it
    """Somebody more, every week or on one day."""
    await services.duty.add(login.principal, NewShift(account, starts, ends, weekday, day, team))
    return back(_PAGE, "L'astreinte est enregistrée.")


@router.post("/essai")
async def trial(services: AnyServices, login: Posting) -> RedirectResponse:
    """Tells whoever is on duty that this is a trial."""
    await services.duty.trial(login.principal)
    return back(_PAGE, "L'essai part. Le bandeau en haut de la page dit s'il est arrivé.")


@router.post("/mobiles/{account_id}")
async def mobile(services: AnyServices, login: Posting, account_id: str, mobile: Short = "") -> RedirectResponse:
    """Where that person gets the SMS."""
    await services.duty.set_mobile(login.principal, account_id, mobile)
    return back(_PAGE, "Le mobile est enregistré." if mobile.strip() else "Le mobile est retiré.")


@router.post("/{shift_id}/fin")
async def remove(services: AnyServices, login: Posting, shift_id: str) -> RedirectResponse:
    """That shift is over, on every week."""
    await services.duty.remove(login.principal, shift_id)
    return back(_PAGE, "L'astreinte est retirée.")
