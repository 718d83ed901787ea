"""Finding a sheet, correcting it, seeing its history, taking a change back."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from channels.console.access import AnyServices
from channels.console.editing import form
from channels.console.editing.work import change, history, open_sheet, undone_numbers
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.web.knowledge import knowledge_of
from knowledge_base.editing.corrections import correct, undo
from knowledge_base.editing.fields import ADDABLE, fields_of
from knowledge_base.editing.rows import RETIRED
from knowledge_base.kinds import KINDS, LABELS

router = APIRouter(prefix="/console/fiches", include_in_schema=False, route_class=PageRoute)
Words = Annotated[str, Query(alias="q", max_length=200)]
Seen = Annotated[int, Form(ge=0)]
_PAGE, _FOUND = "/console/fiches", 20
_SAID = "C'est enregistré : les réponses en tiennent compte d'ici quelques secondes."


@router.get("")
async def sheets_page(request: Request, services: AnyServices, login: Me, words: Words = "",
                      genre: Annotated[str, Query(max_length=16)] = "") -> HTMLResponse:
    """A search over all sheets, and the latest changes."""
    login.principal.need(login.principal.edits)
    kind = genre if genre in KINDS else None
    knowledge = knowledge_of(request.app)
    hits = (await asyncio.to_thread(knowledge.search, words, kind=kind, limit=_FOUND)).results if words.strip() else []
    found = await history(request.app, services)
    return render(request, "editing.html", title="Fiches", login=login, hits=hits, words=words, genre=genre, kinds=LABELS,
                  addable=ADDABLE, changes=found, undone=undone_numbers(found), form=form)


@router.get("/{kind}/{sheet_id}")
async def sheet_page(request: Request, services: AnyServices, login: Me, kind: str, sheet_id: str) -> HTMLResponse:
    """The form of one sheet and its history."""
    login.principal.need(login.principal.edits)
    sheet = await open_sheet(request.app, kind, sheet_id)
    found = await history(request.app, services, kind, sheet_id)
    return render(request, "editing_sheet.html", title=sheet.title, login=login, sheet=sheet, kinds=LABELS, form=form,
                  fields=fields_of(kind), changes=found, undone=undone_numbers(found))


@router.post("/{kind}/{sheet_id}")
async def save(request: Request, services: AnyServices, login: Posting, kind: str, sheet_id: str, seen: Seen) -> RedirectResponse:
    """Keeps what the form changes."""
    me = login.principal
    me.need(me.edits)
    fields = form.fields_from(kind, dict(await request.form()))
    engine = knowledge_of(request.app).engine
    done = await change(request.app, services, me, "sheet_corrected", f"{kind}/{sheet_id}",
                        lambda: correct(engine, kind, sheet_id, fields, me.account_id, seen=seen))
    return back(f"{_PAGE}/{kind}/{sheet_id}", _SAID if done else "Rien n'a changé.")


@router.post("/{kind}/{sheet_id}/retrait")
async def withdraw(request: Request, services: AnyServices, login: Posting, kind: str, sheet_id: str, seen: Seen,
                   retired: Annotated[bool, Form()]) -> RedirectResponse:
    """Withdraws a sheet from the answers, or brings it back."""
    me = login.principal
    me.need(me.edits)
    engine = knowledge_of(request.app).engine
    await change(request.app, services, me, "sheet_corrected", f"{kind}/{sheet_id}",
                 lambda: correct(engine, kind, sheet_id, {RETIRED: retired}, me.account_id, seen=seen))
    return back(f"{_PAGE}/{kind}/{sheet_id}", "La fiche est retirée." if retired else "La fiche est de retour.")


@router.post("/{kind}/{sheet_id}/annuler/{number}")
async def take_back(request: Request, services: AnyServices, login: Posting, kind: str, sheet_id: str,
                    number: int) -> RedirectResponse:
    """Gives the fields of a change their former values."""
    me = login.principal
    me.need(me.edits)
    engine = knowledge_of(request.app).engine
    await change(request.app, services, me, "sheet_undone", f"{kind}/{sheet_id}",
                 lambda: undo(engine, number, me.account_id))
    return back(f"{_PAGE}/{kind}/{sheet_id}", "La modification est annulée.")
