"""Promised calls: the list of the week by day and slot, what became of each, and the week as a calendar file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import groupby
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from channels.clock import PARIS, in_paris, now
from channels.console import labels
from channels.console.access import AnyServices
from channels.console.calendar_file import calendar
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.reading import rows_by_id
from channels.console.session import Me, Posting
from channels.errors import Invalid
from channels.french_dates import day_label, slot_label
from channels.principal import Principal
from channels.services import Services
from channels.views import CallbackView, CaseRow

router = APIRouter(prefix="/console/rappels", include_in_schema=False, route_class=PageRoute)
_SLOTS_AHEAD = 5  # days whose slots are offered when a call is moved


@dataclass(frozen=True, slots=True)
class Call:
    """A promised call beside its case. `late`: its slot is over and nobody said what became of it."""

    call: CallbackView
    case: CaseRow | None
    slot: str
    late: bool


@dataclass(frozen=True, slots=True)
class Day:
    """The calls of one day."""

    day: date
    label: str
    calls: Sequence[Call]


Week = Annotated[str, Query(pattern=r"^(\d{4}-\d{2}-\d{2})?$", alias="semaine")]


@router.get("")
async def callbacks_page(request: Request, services: AnyServices, login: Me, week: Week = "", equipe: str = "",
                         personne: str = "", etat: str = "planned") -> HTMLResponse:
    """One week; late calls of earlier weeks come first."""
    me, first = login.principal, _monday(week)
    calls = [call for call in await _calls(services, me, first, etat or None) if _wanted(call, equipe, personne)]
    late = [call for call in await _late(services, me, first) if _wanted(call, equipe, personne)] if etat == "planned" else []
    people = await services.accounts.list(me)
    return render(
        request, "callbacks.html", title="Rappels", login=login, days=_days(calls), late=late, first=first, equipe=equipe,
        personne=personne, etat=etat, week=[first + timedelta(days=index) for index in range(5)], slots=_offered(services),
        people=[row for row in people if row.active and row.role != "editeur"], alerts=await services.alerts.open(me),
        teams=sorted({row.team for row in people if row.team}), before=first - timedelta(days=7), after=first + timedelta(days=7))


@router.get("/semaine.ics")
async def callbacks_file(request: Request, services: AnyServices, login: Me, week: Week = "") -> Response:
    """The same week for a calendar program: no name and no number in it."""
    first = _monday(week)
    calls = await _calls(services, login.principal, first, "planned")
    base = services.settings.public_base
    body = calendar([(call.call, labels.topic(call.case.topic if call.case else None)) for call in calls], base)
    return Response(body, media_type="text/calendar; charset=utf-8", headers={
        "content-disposition": f'attachment; filename="rappels-{first.isoformat()}.ics"', "cache-control": "no-store"})


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
        again = f"{day_label(in_paris(view.starts_at).date())}, {slot_label(view.starts_at, view.ends_at)}"
        return back("/console/rappels", f"Nouvel essai prévu {again}.")
    return back("/console/rappels", "Le rappel est noté sans réponse, après trois essais.")


@router.post("/{callback_id}/deplacer")
async def move(services: AnyServices, login: Posting, callback_id: str,
               starts_at: Annotated[str, Form(max_length=40)]) -> RedirectResponse:
    """Another slot of the opening hours."""
    view = await services.callbacks.move(login.principal, callback_id, _instant(starts_at))
    moved = f"{day_label(in_paris(view.starts_at).date())}, {slot_label(view.starts_at, view.ends_at)}"
    return back("/console/rappels", f"Le rappel est déplacé à {moved}.")


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
    return [Call(view, rows.get(view.case_id), slot_label(view.starts_at, view.ends_at),
                 view.state == "planned" and view.ends_at < now()) for view in views]


def _wanted(call: Call, team: str, person: str) -> bool:
    case = call.case
    right_team = not team or (case is not None and case.team == team)
    return right_team and (not person or (case is not None and case.owner_id == person))


def _days(calls: Sequence[Call]) -> list[Day]:
    by_day = groupby(calls, key=lambda call: in_paris(call.call.starts_at).date())
    return [Day(day, day_label(day), list(found)) for day, found in by_day]


def _offered(services: Services) -> list[tuple[str, list[tuple[str, str]]]]:
    """Slots to move a call to, by day: (day, [(instant, « entre 9 h et 10 h »)])."""
    days = services.hours.days(_SLOTS_AHEAD)
    return [(day_label(day), [(slot.starts_at.isoformat(), slot_label(slot.starts_at, slot.ends_at))
                              for slot in services.hours.slots(day)]) for day in days]


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
