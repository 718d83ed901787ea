"""Promised calls: the list of the week by day and slot, what became of each, and the week as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from channels.case.callbacks import Plan
from channels.case.views import CallbackView
from channels.console import labels
from channels.console.access import AnyServices
from channels.console.calendar_file import calendar
from channels.console.callback_week import Call, Wanted, by_day, by_hour, offered_slots, week_days
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.reading import rows_by_id
from channels.console.session import Me, Posting
from channels.errors import Invalid
from channels.hours.french_dates import day_label, slot_label
from channels.people.principal import Principal
from channels.people.teams import TERRITORIES
from channels.services import Services
from channels.store.models import CallbackKind
from clock import PARIS, in_paris, now

router = APIRouter(prefix="/console/rappels", include_in_schema=False, route_class=PageRoute)
Short = Annotated[str, Form(max_length=200)]


Week = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", alias="semaine")]


def _wanted(equipe: str = "", personne: str = "", territoire: str = "") -> Wanted:
    return Wanted(equipe, personne, territoire)


Filtered = Annotated[Wanted, Depends(_wanted)]


@router.get("")
async def callbacks_page(request: Request, services: AnyServices, login: Me, wanted: Filtered, week: Week = "",
                         etat: str = "planned") -> HTMLResponse:
    """One week, as a calendar and as a list; late calls of earlier weeks come first."""
    me, first, mark = login.principal, _monday(week), services.fanout.mark()
    calls = [call for call in await _calls(services, me, first, etat or None) if wanted.holds(call)]
    late = [call for call in await _late(services, me, first) if wanted.holds(call)] if etat == "planned" else []
    people = await services.accounts.list(me)
    days = week_days(first, calls)
    return render(
        request, "callbacks.html", title="Rappels", login=login, live=mark, days=by_day(calls), week=days,
        hours=by_hour(calls, days), today=in_paris(now()).date(), late=late, first=first, wanted=wanted, etat=etat,
        slots=offered_slots(services.hours), territories=TERRITORIES,
        people=[row for row in people if row.active and row.role != "editeur"], alerts=await services.alerts.open(me),
        teams=await services.teams.names(me), before=first - timedelta(days=7), after=first + timedelta(days=7))


@router.get("/semaine.ics")
async def callbacks_file(request: Request, services: AnyServices, login: Me, wanted: Filtered, week: Week = "") -> Response:
    """The same week, as filtered, for a calendar program: no name and no number in it."""
    first = _monday(week)
    calls = [call for call in await _calls(services, login.principal, first, "planned") if wanted.holds(call)]
    base = services.settings.public_base
    body = calendar([(call.call, labels.topic(call.case.topic if call.case else None)) for call in calls], base)
    return Response(body, media_type="text/calendar; charset=utf-8", headers={
        "content-disposition": f'attachment; filename="rappels-{first.isoformat()}.ics"', "cache-control": "no-store"})


@router.post("/nouveau/{case_id}")
async def plan(services: AnyServices, login: Posting, case_id: int, starts_at: Short = "",
               kind: Short = "rappel", account: Short = "", place: Short = "", phone: Short = "",
               name: Short = "") -> RedirectResponse:
    """Promises a call or a meeting, from the case's page."""
    if kind not in set(CallbackKind):
        raise Invalid
    chosen = Plan(_instant(starts_at), CallbackKind(kind), account or None, place, phone, name)
    view = await services.callbacks.plan(login.principal, case_id, chosen)
    return back(f"/console/cases/{case_id}", f"{labels.CALLBACK_KINDS[view.kind]} prévu {_slot(view)}. La personne est prévenue.")


@router.post("/{callback_id}/confier")
async def assign(services: AnyServices, login: Posting, callback_id: str, account: Short = "") -> RedirectResponse:
    """Gives the call to somebody."""
    await services.callbacks.assign(login.principal, callback_id, account or None)
    return back("/console/rappels", "Le rappel est confié." if account else "Le rappel est à qui sera là.")


@router.post("/{callback_id}/fait")
async def done(services: AnyServices, login: Posting, callback_id: str) -> RedirectResponse:
    """The person was reached."""
    await services.callbacks.done(login.principal, callback_id)
    return back("/console/rappels", "Le rappel est noté comme fait.")


@router.post("/{callback_id}/sans-reponse")
async def no_answer(services: AnyServices, login: Posting, callback_id: str) -> RedirectResponse:
    """Nobody answered."""
    view = await services.callbacks.no_answer(login.principal, callback_id)
    if view.state == "planned":
        return back("/console/rappels", f"Nouvel essai prévu {_slot(view)}.")
    return back("/console/rappels", "Le rappel est noté sans réponse, après trois essais.")


@router.post("/{callback_id}/deplacer")
async def move(services: AnyServices, login: Posting, callback_id: str,
               starts_at: Annotated[str, Form(max_length=40)]) -> RedirectResponse:
    """Another slot of the opening hours."""
    view = await services.callbacks.move(login.principal, callback_id, _instant(starts_at))
    return back("/console/rappels", f"Le rappel est déplacé : {_slot(view)}.")


async def _calls(services: Services, me: Principal, first: date, state: str | None) -> list[Call]:
    start = datetime.combine(first, time(), PARIS)
    views = await services.callbacks.list(me, start, start + timedelta(days=7), state)
    return await _with_cases(services, me, views)


async def _late(services: Services, me: Principal, first: date) -> list[Call]:
    views = await services.callbacks.list(me, None, datetime.combine(first, time(), PARIS), "planned")
    return await _with_cases(services, me, views)


async def _with_cases(services: Services, me: Principal, views: Sequence[CallbackView]) -> list[Call]:
    ids = sorted({view.case_id for view in views})
    rows = {row.id: row for row in await services.db.read(lambda session: rows_by_id(session, me, ids))}
    names = {row.id: row.name for row in await services.accounts.list(me)}
    calls = [Call(view, rows.get(view.case_id), slot_label(view.starts_at, view.ends_at),
                  view.state == "planned" and view.ends_at < now()) for view in views]
    return [replace(call, keeper=names.get(call.keeper_id or "")) for call in calls]


def _slot(view: CallbackView) -> str:
    return f"{day_label(in_paris(view.starts_at).date())}, {slot_label(view.starts_at, view.ends_at)}"


def _monday(text: str) -> date:
    try:
        day = date.fromisoformat(text) if text else in_paris(now()).date()
    except ValueError as error:
        raise Invalid("Cette semaine n'existe pas.") from error
    return day - timedelta(days=day.weekday())


def _instant(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise Invalid("Ce moment n'est pas lisible.") from error
    if found.tzinfo is None:
        raise Invalid("Ce moment n'est pas lisible.")
    return found
