"""One case: the queue beside it, the conversation, the person and the request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse
from sqlalchemy.orm import Session

from channels.case import reading as case_reading
from channels.case.views import AccountRow, CaseDetail, CaseRow
from channels.console import canned_words
from channels.console.access import AnyServices
from channels.console.callback_week import offered_slots
from channels.console.errors_page import PageRoute
from channels.console.lines import Line, lines
from channels.console.pages import fragment, html_response, render
from channels.console.queue import tab_counts
from channels.console.reading import seen_by_citizen, stored_parts
from channels.console.session import Me, form_token
from channels.console.views import TABS, View, Viewed, cases_of
from channels.people.canned import CannedView
from channels.people.entering import Login
from channels.people.principal import Principal
from channels.privacy.crypto import new_id
from channels.services import Services
from channels.store.staff import loads
from channels.transcripts.live import Utterance
from channels.transcripts.live_store import LiveTranscripts

router = APIRouter(prefix="/console/cases/{case_id}", include_in_schema=False, route_class=PageRoute)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A reply that could not be sent, and why: it stands on the page again."""

    text: str
    why: str


@router.get("")
async def show_case(request: Request, services: AnyServices, login: Me, case_id: int, view: Viewed,
                    full: Annotated[Literal["", "claim", "reopen"], Query(alias="complet")] = "") -> HTMLResponse:
    """Three panes. This look is written in the audit log. `full`: what a full advisor is asked to say again."""
    return await case_page(request, services, login, case_id, view, full=full)


async def case_page(request: Request, services: Services, login: Login, case_id: int, view: View, *, full: str = "",
                    unsent: Unsent | None = None, status: int = 200) -> HTMLResponse:
    """The page, also as the answer to a reply that was refused."""
    me, mark = login.principal, services.fanout.mark()
    detail = await services.cases.get(me, case_id)
    people = await services.accounts.list(me)
    rows = await cases_of(services, me, view)
    return render(
        request, "case.html", title=f"Demande n° {case_id}", login=login, status=status, view=view, tabs=TABS, rows=rows,
        mark=mark, full=full, unsent=unsent, key=new_id(), counts=await tab_counts(services, me),
        alerts=await services.alerts.open(me), lines=await _lines(services, detail, people),
        said=await _said(services, detail.row), canned=await _canned(services, me, detail),
        **await _facts(services, detail, me, people))


@router.get("/conversation")
async def conversation_part(request: Request, services: AnyServices, login: Me, case_id: int) -> HTMLResponse:
    """The messages alone, after a stream was cut."""
    me = login.principal
    detail = await _again(services, me, case_id)
    shown = await _lines(services, detail, await services.accounts.list(me))
    return html_response(request, fragment("parts/conversation.html", lines=shown, case=detail.row))


@router.get("/appel")
async def call_part(request: Request, services: AnyServices, login: Me, case_id: int) -> HTMLResponse:
    """What is being said in the call that goes on, its last words still changing; nothing once it is over."""
    me = login.principal
    detail = await _again(services, me, case_id)
    said = await _said(services, detail.row)
    return html_response(request, fragment("parts/call.html", case=detail.row, said=said))


@router.get("/personne")
async def person_part(request: Request, services: AnyServices, login: Me, case_id: int) -> HTMLResponse:
    """The right pane, when a note, a call-back or the state changed."""
    me = login.principal
    detail = await _again(services, me, case_id)
    return html_response(request, fragment("parts/person.html", **await _facts(services, detail, me, [])))


@router.get("/actions")
async def actions_part(request: Request, services: AnyServices, login: Me, case_id: int) -> HTMLResponse:
    """What this person may do now: changes when somebody claims, transfers or closes."""
    me = login.principal
    detail = await _again(services, me, case_id)
    facts = await _facts(services, detail, me, await services.accounts.list(me))
    return html_response(request, fragment("parts/actions.html", csrf=form_token(login.csrf), me=me, **facts))


async def _canned(services: Services, me: Principal, detail: CaseDetail) -> list[CannedView]:
    known = canned_words.values(detail, me, services.settings.helpline_number, services.hours)
    return canned_words.filled(await services.canned.list(me), known)


async def _said(services: Services, row: CaseRow) -> list[Utterance]:
    if row.channel != "phone":
        return []
    return await LiveTranscripts(services.db, services.settings.transcript_mask).lines(row.conversation_id)


async def _again(services: Services, me: Principal, case_id: int) -> CaseDetail:
    """A part of the page holds what the page holds: reading it is written down as well."""
    detail = await services.db.read(lambda session: case_reading.detail(session, me, case_id, services.sentences))
    await services.audit.look(me, "case_seen", "case", str(case_id))
    return detail


async def _facts(services: Services, detail: CaseDetail, me: Principal, people: Sequence[AccountRow]) -> dict[str, Any]:
    # What the reading of a call's transcript found beside the summary.
    extra = await services.db.read(lambda session: stored_parts(session, detail.row.id))
    others = [row for row in people if row.id != me.account_id and row.active and row.role != "editeur"]
    return {"case": detail.row, "detail": detail, "others": others, "promised": extra.get("promised") or [],
            "todo": extra.get("next"), "teams": await services.teams.names(me), "loads": await services.db.read(loads),
            "slots": offered_slots(services.hours),
            "owner": detail.row.owner_id == me.account_id and detail.row.state == "human"}


async def _lines(services: Services, detail: CaseDetail, people: Any) -> list[Line]:
    def work(session: Session) -> int:
        return seen_by_citizen(session, detail.row.conversation_id)

    names = {row.id: row.name for row in people}
    return lines(detail.messages, names, detail.deliveries, detail.row.channel, await services.db.read(work))
