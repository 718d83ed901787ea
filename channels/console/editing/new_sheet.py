"""A new event or a new place of welcome."""

from __future__ import annotations

from typing import Annotated, cast

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse

from channels.console.access import AnyServices
from channels.console.editing import form
from channels.console.editing.work import change
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.errors import NotFound
from channels.web.knowledge import knowledge_of
from knowledge_base.editing.corrections import add_sheet
from knowledge_base.editing.fields import ADDABLE, OTHER_TYPE, STRUCTURE_TYPES, fields_of
from knowledge_base.geo.gazetteer import Gazetteer
from knowledge_base.kinds import LABELS, Kind

router = APIRouter(prefix="/console/fiches/nouvelle", include_in_schema=False, route_class=PageRoute)
Title = Annotated[str, Form(max_length=300)]


@router.get("/{kind}")
async def new_page(request: Request, login: Me, kind: str) -> HTMLResponse:
    """An empty form."""
    login.principal.need(login.principal.edits)
    return render(request, "editing_new.html", title=f"{LABELS[_addable(kind)]} : nouvelle fiche", login=login, kind=kind,
                  types=STRUCTURE_TYPES if kind == "structure" else {}, fields=fields_of(kind), form=form)


@router.post("/{kind}")
async def create(request: Request, services: AnyServices, login: Posting, kind: str, title: Title,
                 type_: Annotated[str, Form(alias="type", max_length=40)] = "") -> RedirectResponse:
    """Adds it."""
    me, wanted = login.principal, _addable(kind)
    me.need(me.edits)
    knowledge = knowledge_of(request.app)
    fields = {**form.fields_from(kind, dict(await request.form())), "title": title.strip()}
    if kind == "structure":
        fields["type"] = type_ if type_ in STRUCTURE_TYPES else OTHER_TYPE
        fields |= _placed(knowledge.gazetteer, str(fields.get("commune_name") or ""))
    sheet_id = await change(request.app, services, me, "sheet_added", f"{kind}/{title}",
                            lambda: add_sheet(knowledge.engine, wanted, fields, me.account_id))
    return back(f"/console/fiches/{kind}/{sheet_id}", "La fiche est ajoutée : elle sera trouvée d'ici quelques secondes.")


def _addable(kind: str) -> Kind:
    if kind not in ADDABLE:
        raise NotFound
    return cast(Kind, kind)


def _placed(gazetteer: Gazetteer, town: str) -> dict[str, str]:
    """The code of the commune, by which a structure is found near people; nothing for a town that is not known."""
    mention = gazetteer.find(town) if town else None
    if mention is None or mention.place.kind != "commune" or mention.place.code.startswith("geo-"):
        return {}
    return {"commune": mention.place.code}
