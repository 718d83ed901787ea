"""The queue: every channel in one list, filtered, and what is waiting elsewhere."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse

from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.pages import fragment, html_response, render
from channels.console.session import Me
from channels.console.store_reads import own_account
from channels.console.views import TABS, View, Viewed, cases_of
from channels.people.principal import Principal
from channels.people.teams import TERRITORIES
from channels.services import Services

router = APIRouter(prefix="/console", include_in_schema=False, route_class=PageRoute)


@router.get("/")
async def queue_page(request: Request, services: AnyServices, login: Me, view: Viewed) -> HTMLResponse:
    """The list with its tabs and filters."""
    me, mark = login.principal, services.fanout.mark()
    facts = await _facts(services, me, view)
    await services.audit.look(me, "cases_seen", "case")
    alerts = await services.alerts.open(me)
    account = await services.db.read(lambda session: own_account(session, me.account_id))
    return render(request, "queue.html", title="Demandes", login=login, alerts=alerts, account=account, territories=TERRITORIES,
                  mark=mark, duty=await services.duty.now(me), teams=await services.teams.names(me), **facts)


@router.get("/file")
async def queue_list(request: Request, services: AnyServices, login: Me, view: Viewed, compact: bool = False) -> HTMLResponse:
    """The list alone: what a screen fetches again after its stream was cut."""
    facts = await _facts(services, login.principal, view)
    await services.audit.look(login.principal, "cases_seen", "case")
    return html_response(request, fragment("parts/list.html", me=login.principal, compact=compact, **facts))


@router.get("/alertes")
async def alerts_part(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """The alerts on top of every page."""
    return html_response(request, fragment("parts/alerts.html", alerts=await services.alerts.open(login.principal)))


async def _facts(services: Services, me: Principal, view: View) -> dict[str, Any]:
    rows = await cases_of(services, me, view)
    return {"rows": rows, "view": view, "tabs": TABS, "counts": await tab_counts(services, me)}


async def tab_counts(services: Services, me: Principal) -> dict[str, int]:
    """How many cases wait behind the tabs that have a number; `followed`: how many fill this person's capacity."""
    return shown_counts(await services.cases.counts(me))


def shown_counts(counts: Mapping[str, int]) -> dict[str, int]:
    """Those of them that a screen shows."""
    return {name: counts[name] for name in ("queued", "mine", "human", "callback", "followed")}
