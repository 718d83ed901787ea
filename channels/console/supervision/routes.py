"""The supervision page, its figures as CSV, and the cases behind each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.pages import fragment, html_response, render
from channels.console.reading import rows_by_id
from channels.console.session import Me
from channels.console.supervision.behind import Behind, counted, safe
from channels.console.supervision.behind import table as rows_table
from channels.console.supervision.facts import Facts, Now, facts, present_now
from channels.console.supervision.figures import Figure, figures
from channels.console.supervision.svg import bar
from channels.console.views import View
from channels.errors import NotFound
from channels.people.principal import Principal
from channels.services import Services
from clock import PARIS, in_paris, now

router = APIRouter(prefix="/console/supervision", include_in_schema=False, route_class=PageRoute)
PERIODS = {7: "7 jours", 30: "30 jours", 90: "90 jours"}
_PRESENT = timedelta(minutes=2)
_MOST = 300
Period = Annotated[int, Query(alias="jours", ge=1, le=366)]


@router.get("")
async def supervision_page(request: Request, services: AnyServices, login: Me, period: Period = 7) -> HTMLResponse:
    """What matters now, then the figures."""
    me, mark = login.principal, services.fanout.mark()
    found, days = await _facts(services, me, period)
    return render(request, "supervision.html", title="Supervision", login=login, figures=figures(found, days), bar=bar,
                  period=period, periods=PERIODS, now=await _now(services), alerts=await services.alerts.open(me), live=mark)


@router.get("/maintenant")
async def now_part(request: Request, services: AnyServices, login: Me) -> HTMLResponse:
    """What matters now, again every few seconds."""
    login.principal.need(login.principal.supervises)
    return html_response(request, fragment("parts/now.html", now=await _now(services)))


@router.get("/demandes")
async def behind(request: Request, services: AnyServices, login: Me, asked: Behind, period: Period = 7) -> HTMLResponse:
    """What a figure counts, row by row."""
    me = login.principal
    facts, _ = await _facts(services, me, period)
    found = counted(facts, asked)
    await services.audit.look(me, "cases_seen", "case")
    ids = [case.id for case in found.cases[:_MOST]]
    rows = {row.id: row for row in await services.db.read(lambda session: rows_by_id(session, me, ids))}
    return render(request, "cases_behind.html", title="Ce qui est compté", login=login, talks=found.talks[:_MOST],
                  rows=[rows[case_id] for case_id in ids if case_id in rows],
                  total=len(found.cases) + len(found.talks), most=_MOST, view=View("closed"), period=period,
                  query=request.url.query)


@router.get("/demandes.csv")
async def behind_file(services: AnyServices, login: Me, asked: Behind, period: Period = 7) -> Response:
    """The same as a table."""
    facts, _ = await _facts(services, login.principal, period)
    await services.audit.look(login.principal, "cases_exported", "case")
    return _csv(rows_table(counted(facts, asked)), "demandes")


@router.get("/{name}.csv")
async def figure_file(services: AnyServices, login: Me, name: str, period: Period = 7) -> Response:
    """One figure as a table: semicolons and a mark that French spreadsheets read."""
    found, days = await _facts(services, login.principal, period)
    figure = next((item for item in figures(found, days) if item.name == name), None)
    if figure is None:
        raise NotFound
    return _csv(table(figure), f"{name}-{period}-jours")


def _csv(text: str, name: str) -> Response:
    return Response("\ufeff" + text, media_type="text/csv; charset=utf-8", headers={
        "content-disposition": f'attachment; filename="{name}.csv"', "cache-control": "no-store"})


def table(figure: Figure) -> str:
    """The CSV of a figure."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    parts = [label for label, _ in figure.bars[0].parts] if figure.bars else []
    writer.writerow([figure.title, figure.unit, *parts])
    for row in figure.bars:
        writer.writerow([safe(row.label), _number(row.value), *(_number(value) for _, value in row.parts)])
    return out.getvalue()


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


async def _facts(services: Services, me: Principal, period: int) -> tuple[Facts, Sequence[date]]:
    me.need(me.supervises)
    today = in_paris(now()).date()
    days = [today - timedelta(days=back) for back in range(period - 1, -1, -1)]
    since = datetime.combine(days[0], time(), PARIS)
    return await services.db.read(lambda session: facts(session, since)), days


async def _now(services: Services) -> Now:
    instant = now()
    return await services.db.read(lambda session: present_now(session, instant, instant - _PRESENT))
