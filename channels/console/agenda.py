"""The agenda as editors keep it: what comes, a new date, a table of dates, full or cancelled."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any, TypeVar

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

import clock
from channels.console.access import AnyServices
from channels.console.editing.work import change
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.console.sign_ups import listed
from channels.errors import Invalid, NotFound
from channels.web.knowledge import knowledge_of
from knowledge_base.agenda.entry import FIELDS, NEEDED
from knowledge_base.agenda.repeat import repeated
from knowledge_base.agenda.store import STATES, Session
from knowledge_base.agenda.table import HEADER
from knowledge_base.agenda.telling import when_of
from knowledge_base.errors import SessionRefused

router = APIRouter(prefix="/console/agenda", include_in_schema=False, route_class=PageRoute)
T = TypeVar("T")
_PAGE = "/console/agenda"
_DONE = {"cancelled": "C’est annulé : les réponses le disent dès maintenant.", "full": "C’est noté : complet.",
         "planned": "C’est noté : la date est maintenue."}


@router.get("")
async def agenda_page(request: Request, login: Me, comme: Annotated[str, Query(max_length=16)] = "") -> HTMLResponse:
    """What comes, what is over, and a form; `comme` fills it from another session, without its date."""
    login.principal.need(login.principal.edits)
    model = await asyncio.to_thread(knowledge_of(request.app).agenda.get, comme) if comme else None
    return await _page(request, login, _fields_of(model) if model else {}, [])


@router.post("")
async def add(request: Request, services: AnyServices, login: Posting) -> Response:
    """One date, or a series; a refusal shows the form again as it was filled."""
    me = login.principal
    me.need(me.edits)
    written = {name: str(value) for name, value in (await request.form()).items()}
    agenda = knowledge_of(request.app).agenda

    def work() -> list[str]:
        return agenda.add(repeated(written, written.get("times", ""), written.get("weeks", "")), by=me.account_id)

    try:
        ids = await change(request.app, services, me, "session_added", written.get("title", ""), work)
    except SessionRefused as refused:
        return await _page(request, login, written, refused.faults)
    return back(_PAGE, _added(len(ids)))


@router.post("/tableau")
async def add_table(request: Request, services: AnyServices, login: Posting,
                    lines: Annotated[str, Form(max_length=400_000)] = "") -> Response:
    """The dates of a table, all or none."""
    me = login.principal
    me.need(me.edits)
    agenda = knowledge_of(request.app).agenda
    try:
        ids = await change(request.app, services, me, "session_added", "tableau",
                           lambda: agenda.add_table(lines, by=me.account_id))
    except SessionRefused as refused:
        return await _page(request, login, {}, refused.faults, lines)
    return back(_PAGE, _added(len(ids)))


@router.get("/{session_id}/inscrits")
async def signed_up(request: Request, services: AnyServices, login: Me, session_id: str) -> HTMLResponse:
    """Who comes and who waits, to print for the organiser. The look is in the audit log."""
    login.principal.need(login.principal.sees_cases)
    session = await asyncio.to_thread(knowledge_of(request.app).agenda.get, session_id)
    if session is None:
        raise NotFound("Cette date n'existe pas.")
    await services.audit.look(login.principal, "sign_ups_seen", "session", session_id)
    rows = await services.db.read(lambda store: listed(store, session_id))
    return render(request, "sign_ups.html", title="Inscrits", login=login, session=session, when=when_of(session), rows=rows)


@router.post("/{session_id}/{state}")
async def set_state(request: Request, services: AnyServices, login: Posting, session_id: str, state: str) -> RedirectResponse:
    """Full, cancelled, or held after all."""
    me = login.principal
    me.need(me.edits)
    if state not in STATES:
        raise Invalid("Cet état n’existe pas.")
    agenda = knowledge_of(request.app).agenda
    try:
        await change(request.app, services, me, f"session_{state}", session_id,
                     lambda: agenda.set_state(session_id, state, by=me.account_id))
    except SessionRefused as refused:
        raise Invalid(str(refused)) from refused
    return back(_PAGE, _DONE[state])


def _added(many: int) -> str:
    return "La date est à l’agenda." if many == 1 else f"{many} dates sont à l’agenda."


async def _page(request: Request, login: Any, filled: dict[str, str], faults: list[str], lines: str = "") -> HTMLResponse:
    agenda = knowledge_of(request.app).agenda
    coming, past = await asyncio.to_thread(_both, agenda.upcoming, agenda.past)
    answer: HTMLResponse = render(request, "agenda.html", title="Agenda", login=login, coming=coming, past=past, filled=filled,
                                  faults=faults, lines=lines, fields=FIELDS, needed=NEEDED, header=HEADER, when=when_of)
    answer.status_code = 422 if faults else 200
    return answer


def _both(one: Callable[[], T], other: Callable[[], T]) -> tuple[T, T]:
    return one(), other()


def _fields_of(session: Session) -> dict[str, str]:
    start, end = clock.in_paris(session.starts_at), clock.in_paris(session.ends_at)
    same = {name: str(getattr(session, name) or "") for name in FIELDS if hasattr(session, name)}
    return {**same, "commune": session.commune_name, "publics": ", ".join(session.publics),
            "start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "date": ""}
