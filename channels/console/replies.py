"""The reply box: sending, counting what an SMS costs before it leaves, and sheets to join."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Form, Header, Query, Request
from fastapi.responses import HTMLResponse, JSONResponse, Response

from channels.case.views import CaseRow
from channels.console.access import AnyServices
from channels.console.case import Unsent, case_page
from channels.console.errors_page import PageRoute, asked_by_script
from channels.console.flash import back
from channels.console.pages import fragment, html_response
from channels.console.reading import last_words, rows_by_id
from channels.console.session import Me, Posting
from channels.console.sms_cost import cost
from channels.console.views import View
from channels.conversation.wants_person import shipped_wishes
from channels.errors import HelplineError, NotFound
from channels.messages import Json
from channels.people.principal import Principal
from channels.privacy.crypto import fingerprint
from channels.services import Services
from channels.web.knowledge import knowledge_of

router = APIRouter(prefix="/console/cases/{case_id}", include_in_schema=False, route_class=PageRoute)
Cards = Annotated[list[str], Form()]
_MOST_CARDS, _MOST_SHEETS = 5, 8


@router.post("/messages")
async def send(request: Request, services: AnyServices, login: Posting, case_id: int, text: Annotated[str, Form()],
               key: Annotated[str, Form(max_length=40)] = "", card: Cards = [],  # noqa: B006 - FastAPI copies it
               idempotency_key: Annotated[str | None, Header(max_length=70)] = None) -> Response:
    """Sends; the same key sends once. Scripts get the message's number; a browser without script the page, on which a text that
    could not be sent stands again."""
    cards = await asyncio.to_thread(_cards, request.app, card)
    once = idempotency_key or _once(key, text)
    try:
        sent = await services.cases.reply(login.principal, case_id, text, idempotency_key=once, cards=cards)
    except HelplineError as error:
        if asked_by_script(request):
            raise
        return await case_page(request, services, login, case_id, View(), unsent=Unsent(text, error.message), status=error.status)
    if asked_by_script(request):
        return JSONResponse({"id": sent.id, "seq": sent.seq}, headers={"cache-control": "no-store"})
    return back(f"/console/cases/{case_id}?repondre=1")


def _once(key: str, text: str) -> str | None:
    """The page's key and its words: pressed twice they go once; another text from the same page (« back ») is another message."""
    return f"{key}-{fingerprint(text)[:24]}" if key else None


@router.post("/cout")
async def count(request: Request, services: AnyServices, login: Posting, case_id: int, text: Annotated[str, Form()] = "",
                card: Cards = []) -> HTMLResponse:  # noqa: B006
    """How many SMS this reply makes, and their text, as the channel renders it."""
    row = await _row(services, login.principal, case_id)
    cards = await asyncio.to_thread(_cards, request.app, card)
    found = await services.db.read(lambda session: cost(session, services.ports, row.conversation_id, text, cards))
    return html_response(request, fragment("parts/cost.html", cost=found) if found else "")


@router.get("/fiches")
async def sheets(request: Request, services: AnyServices, login: Me, case_id: int,
                 q: Annotated[str, Query(max_length=200)] = "") -> HTMLResponse:
    """Sheets for these words; without any, those of the person's last question: « je veux parler à un conseiller » is none."""
    row = await _row(services, login.principal, case_id)
    if words := q.strip():
        found, asked = await asyncio.to_thread(_found, request.app, words, row.place), words
    else:
        said = await services.db.read(lambda session: last_words(session, row.conversation_id))
        found, asked = await asyncio.to_thread(_suggested, request.app, said)
    return html_response(request, fragment("parts/sheets.html", sheets=found, q=asked, suggested=not words))


async def _row(services: Services, me: Principal, case_id: int) -> CaseRow:
    rows = await services.db.read(lambda session: rows_by_id(session, me, [case_id]))
    if not rows:
        raise NotFound("Cette demande n'existe pas.")
    await services.audit.look(me, "case_seen", "case", str(case_id))
    return rows[0]


def _found(app: Any, words: str, place: str | None) -> list[Json]:
    return [hit.to_card() for hit in knowledge_of(app).search(words, near=place, limit=_MOST_SHEETS).results]


def _suggested(app: Any, said: Sequence[str]) -> tuple[list[Json], str]:
    """The sheets of the newest message that names some, and that message; a wish (a person, a call, thanks) names none."""
    knowledge, wishes = knowledge_of(app), shipped_wishes()
    questions = [text for text in said if wishes.read(text) is None]
    for question in questions:
        if hits := knowledge.link(question):
            return [hit.to_card() for hit in hits[:_MOST_SHEETS]], question
    return [], questions[0] if questions else ""


def _cards(app: Any, references: Sequence[str]) -> list[Json]:
    """The cards of « kind/id » references; the server's own, whatever the form says of them."""
    if not references:
        return []
    knowledge = knowledge_of(app)
    found = [knowledge.sheet(*reference.split("/", 1)) for reference in references[:_MOST_CARDS] if "/" in reference]
    return [sheet.to_card() for sheet in found if sheet is not None]
