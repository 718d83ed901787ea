"""What an advisor does with a case, as forms: each ends on a page with one sentence, refusals too."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request, Response
from fastapi.responses import JSONResponse, RedirectResponse

from channels.console.access import AnyServices
from channels.console.alert_groups import by_case
from channels.console.errors_page import PageRoute, asked_by_script
from channels.console.flash import back
from channels.console.held import page_of, typed_in
from channels.console.reading import rows_by_id
from channels.console.session import Posting
from channels.console.viewers import viewers_of
from channels.errors import Full, Invalid
from clock import PARIS, in_paris, now

router = APIRouter(prefix="/console", include_in_schema=False, route_class=PageRoute)
Text = Annotated[str, Form(max_length=8000)]
Short = Annotated[str, Form(max_length=200)]
Anyway = Annotated[bool, Query(alias="quand-meme")]
_MORNING = 9  # o'clock
_NOTED = "La note est ajoutée."


@router.post("/cases/{case_id}/claim")
async def claim(services: AnyServices, login: Posting, case_id: int, anyway: Anyway = False) -> RedirectResponse:
    """Takes it, and goes to the reply box; one more than their capacity only after asking again."""
    try:
        await services.cases.claim(login.principal, case_id, within_capacity=not anyway)
    except Full:
        return back(f"{_case(case_id)}?complet=claim")
    return back(f"/console/cases/{case_id}?repondre=1", "Cette demande est à vous.")


@router.post("/cases/{case_id}/return")
async def return_to_bot(services: AnyServices, login: Posting, case_id: int, text: Text = "") -> RedirectResponse:
    """Back to the assistant, with a sentence of one's own when there is one."""
    if text.strip():
        await services.cases.reply(login.principal, case_id, text)
    await services.cases.return_to_bot(login.principal, case_id)
    return back(_case(case_id), "La conversation est rendue à l'assistant automatique.")


@router.post("/cases/{case_id}/transfer")
async def transfer(services: AnyServices, login: Posting, case_id: int, to: Short, word: Text = "") -> RedirectResponse:
    """To a colleague or a team, with a word that they find among the notes."""
    row = await services.cases.transfer(login.principal, case_id, to, word)
    return back(_case(case_id), f"La demande est transmise à {row.owner or row.team}.")


@router.post("/cases/{case_id}/close")
async def close(services: AnyServices, login: Posting, case_id: int, outcome: Short, reason: Short = "") -> RedirectResponse:
    """With an outcome."""
    await services.cases.close(login.principal, case_id, outcome, reason.strip() or None)
    return back(_case(case_id), "La demande est close.")


@router.post("/cases/{case_id}/requeue")
async def requeue(services: AnyServices, login: Posting, case_id: int) -> RedirectResponse:
    """Back into the queue."""
    await services.cases.requeue(login.principal, case_id)
    return back(_case(case_id), "La demande est remise dans la file.")


@router.post("/cases/{case_id}/reopen")
async def reopen(services: AnyServices, login: Posting, case_id: int, anyway: Anyway = False) -> RedirectResponse:
    """Opens it again, for oneself."""
    try:
        await services.cases.reopen(login.principal, case_id, within_capacity=not anyway)
    except Full:
        return back(f"{_case(case_id)}?complet=reopen")
    return back(f"/console/cases/{case_id}?repondre=1", "La demande est rouverte.")


@router.post("/cases/{case_id}/snooze")
async def snooze(services: AnyServices, login: Posting, case_id: int, until: Short) -> RedirectResponse:
    """Sets it aside for a while."""
    await services.cases.snooze(login.principal, case_id, _until(until))
    said = "La demande est mise en pause." if until != "now" else "La demande est de nouveau dans la file."
    return back(_case(case_id), said)


@router.post("/cases/{case_id}/notes")
async def note(request: Request, services: AnyServices, login: Posting, case_id: int, text: Text) -> Response:
    """For colleagues only. Scripts stay on the page, which learns of the note as everybody's does."""
    await services.cases.note(login.principal, case_id, text)
    if asked_by_script(request):
        return JSONResponse({"said": _NOTED}, headers={"cache-control": "no-store"})
    return back(_case(case_id), _NOTED)


@router.post("/cases/{case_id}/vu", status_code=204)
async def seen(services: AnyServices, login: Posting, case_id: int, seq: Annotated[int, Form(ge=0)]) -> Response:
    """How far the advisor who follows the case has read: the person sees it under their message."""
    rows = await services.db.read(lambda session: rows_by_id(session, login.principal, [case_id]))
    if rows and rows[0].owner_id == login.principal.account_id and rows[0].state == "human":
        await services.chat.seen(rows[0].conversation_id, seq, "advisor")
    return Response(status_code=204)


@router.post("/cases/{case_id}/typing", status_code=204)
async def typing(request: Request, services: AnyServices, login: Posting, case_id: int) -> Response:
    """A key was pressed in the reply box: colleagues see it, and the person when the case is ours."""
    viewers_of(request.app).writing(case_id, login.principal)
    rows = await services.db.read(lambda session: rows_by_id(session, login.principal, [case_id]))
    if rows and rows[0].owner_id == login.principal.account_id and rows[0].state == "human":
        services.chat.typing(rows[0].conversation_id, "advisor")
    return Response(status_code=204)


@router.post("/conversations/{conversation_id}/take-over")
async def take_over(services: AnyServices, login: Posting, conversation_id: str, anyway: Anyway = False) -> RedirectResponse:
    """Takes a conversation that nobody asked to hand over."""
    try:
        row = await services.cases.take_over(login.principal, conversation_id, within_capacity=not anyway)
    except Full:
        return back(f"/console/conversations/{conversation_id}?complet=1")
    return back(f"/console/cases/{row.id}?repondre=1", "Vous avez repris cette conversation.")


@router.post("/alertes/{alert_id}/vue")
async def acknowledge(request: Request, services: AnyServices, login: Posting, alert_id: str) -> RedirectResponse:
    """This person has seen it, and stays on the page."""
    shown = await services.alerts.open(login.principal)
    group = next((group for group in by_case(shown) if any(alert.id == alert_id for alert in group.alerts)), None)
    for seen in [alert.id for alert in group.alerts] if group else [alert_id]:
        await services.alerts.acknowledge(login.principal, seen)
    return back(page_of(request, await typed_in(request)) or "/console/", "L'alerte est marquée comme vue pour vous.")


@router.post("/envois/{row_id}")
async def send_again(request: Request, services: AnyServices, login: Posting, row_id: int) -> RedirectResponse:
    """Tries a failed send once more, and stays on the case."""
    await services.outbox.retry(login.principal, row_id)
    return back(page_of(request, await typed_in(request)) or "/console/", "Le message repart.")


def _case(case_id: int) -> str:
    return f"/console/cases/{case_id}"


def _until(code: str) -> datetime | None:
    """« 15 », « 60 » minutes, « tomorrow » at nine, or « now »."""
    if code == "now":
        return None
    if code == "tomorrow":
        day = in_paris(now()).date() + timedelta(days=1)
        return datetime(day.year, day.month, day.day, _MORNING, tzinfo=PARIS)
    if not code.isdecimal() or not 1 <= int(code) <= 24 * 60:
        raise Invalid("Cette durée n'est pas proposée.")
    return now() + timedelta(minutes=int(code))
