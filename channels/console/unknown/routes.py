"""The inbox and what one does with it. For supervisors and editors; everything shown is masked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy.orm import Session

from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.flash import back
from channels.console.pages import render
from channels.console.session import Me, Posting
from channels.console.unknown.candidates import NOT_UNDERSTOOD, REASONS, candidates
from channels.console.unknown.filing import file_group, filed_keys, intents, training_data, wishes
from channels.console.unknown.groups import Group, groups
from channels.errors import Invalid
from channels.people.principal import Principal
from channels.safety.plain_french import plain_french
from channels.store.models import Verdict
from channels.store.threads import lookup_hash
from clock import in_paris, now

router = APIRouter(prefix="/console/pas-compris", include_in_schema=False, route_class=PageRoute)
Period = Annotated[int, Query(alias="jours", ge=1, le=90)]
_PAGE, _SHOWN = "/console/pas-compris", 40


def _allowed(who: Principal) -> None:
    who.need(who.supervises or who.edits)


@router.get("")
async def inbox(request: Request, services: AnyServices, login: Me, period: Period = 30,
                raison: str = NOT_UNDERSTOOD) -> HTMLResponse:
    """Groups of alike messages, the most frequent first: those that nobody understood, unless another reason is asked for."""
    _allowed(login.principal)
    found = await services.db.read(lambda session: _open_groups(session, period, raison if raison in REASONS else ""))
    missing = await services.db.read(wishes)
    return render(request, "unknown.html", title="Pas compris", login=login, groups=found[:_SHOWN], total=len(found),
                  reasons=REASONS, intents=intents(), period=period, raison=raison, missing=missing)


@router.post("")
async def file_one(services: AnyServices, login: Posting, keys: Annotated[str, Form(max_length=20_000)],
                   verdict: Annotated[str, Form(max_length=10)], text: Annotated[str, Form(max_length=2000)] = "",
                   intent: Annotated[str, Form(max_length=64)] = "",
                   wish: Annotated[str, Form(max_length=300)] = "") -> RedirectResponse:
    """Files one group."""
    _allowed(login.principal)
    if verdict not in set(Verdict):
        raise Invalid
    await services.db.write(lambda session: file_group(
        session, login.principal, keys.splitlines(), Verdict(verdict), text, intent=intent or None, wish=wish))
    said = {"intent": f"Phrase classée sous « {intent} ».", "sheet": "La fiche manquante est notée.",
            "ignored": "Message écarté."}
    return back(_PAGE, said[verdict])


@router.get("/export.yml")
async def export(services: AnyServices, login: Me) -> Response:
    """What was filed, as Rasa training data."""
    _allowed(login.principal)
    body = await services.db.read(training_data)
    await services.audit.look(login.principal, "training_exported", "sentence")
    name = f"console-{in_paris(now()).date().isoformat()}.yml"
    return Response(body, media_type="application/yaml; charset=utf-8", headers={
        "content-disposition": f'attachment; filename="{name}"', "cache-control": "no-store"})


def _open_groups(session: Session, period: int, reason: str) -> Sequence[Group]:
    done = filed_keys(session)
    found = groups(candidates(session, now() - timedelta(days=period)), plain_french())
    # The page gets keyed hashes: a plain spelling may still hold what masking took out of the sentence.
    hashed = (replace(group, keys=[lookup_hash(session, key) for key in group.keys]) for group in found)
    return [group for group in hashed if not set(group.keys) <= done and (not reason or reason in group.reasons)]
