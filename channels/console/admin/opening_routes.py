"""The page of opening hours, for editors and administrators: week, closures, exceptions, call-back slots."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from channels.console.access import AnyServices
from channels.console.admin import opening_lines
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.hours.french_dates import WEEKDAYS, day_label, hour_label
from channels.hours.opening import OpeningForm

router = APIRouter(prefix="/console/administration/horaires", include_in_schema=False, route_class=PageRoute)
Lines = Annotated[str, Form(max_length=4000)]
_PAGE = "/console/administration/horaires"
_DAYS_SHOWN = 5


@router.get("")
async def opening_page(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """What holds now, and the slots that follow from it."""
    login.principal.need(login.principal.edits)
    hours = services.hours
    changes, names = await services.opening.history()
    named = [(change, names.get(change.by) or "compte supprimé") for change in changes]
    days = [(day_label(day), [hour_label(slot.starts_at) for slot in hours.slots(day)]) for day in hours.days(_DAYS_SHOWN)]
    return render(request, "opening.html", title="Horaires", login=login, form=services.opening.form(), weekdays=WEEKDAYS,
                  days=days, is_open=hours.is_open(), mode=hours.mode, changes=named,
                  undone={change.undoes for change in changes if change.undoes}, seen=changes[0].number if changes else 0,
                  history=opening_lines)


@router.post("")
async def save(request: Request, services: AnyServices, login: Posting, slot: Annotated[int, Form()],
               notice: Annotated[int, Form()], seen: Annotated[int | None, Form(ge=0)] = None, closures: Lines = "",
               exceptions: Lines = "") -> RedirectResponse:
    """Holds at once: for the assistant, for call-backs, for the telephone."""
    fields = await request.form()
    week = {day: str(fields.get(day, ""))[:200] for day in WEEKDAYS}
    done = await services.opening.save(login.principal, OpeningForm(week, closures, exceptions, slot, notice), seen)
    return back(_PAGE, "Les horaires sont enregistrés et valent dès maintenant." if done else "Rien n'a changé.")


@router.post("/annuler/{number}")
async def take_back(services: AnyServices, login: Posting, number: int) -> RedirectResponse:
    """Gives the hours of a change their former values."""
    await services.opening.undo(login.principal, number)
    return back(_PAGE, "La modification est annulée : les horaires d'avant valent dès maintenant.")
