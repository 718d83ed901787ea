"""The supervision page, its figures as CSV, and the cases behind each."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from channels.clock import PARIS, in_paris, now
from channels.console.access import AnyServices
from channels.console.errors_page import PageRoute
from channels.console.pages import render
from channels.console.reading import rows_by_id
from channels.console.session import Me
from channels.console.supervision.facts import CaseFact, Facts, Now, facts, present_now
from channels.console.supervision.figures import Figure, figures
from channels.console.supervision.svg import bar
from channels.console.views import View
from channels.errors import NotFound
from channels.principal import Principal
from channels.services import Services

router = APIRouter(prefix="/console/supervision", include_in_schema=False, route_class=PageRoute)
PERIODS = {7: "7 jours", 30: "30 jours", 90: "90 jours"}
_PRESENT = timedelta(minutes=2)
_MOST = 300
Period = Annotated[int, Query(alias="jours", ge=1, le=366)]


@router.get("")
async def supervision_page(request: Request, services: AnyServices, login: Me, period: Period = 7) -> HTMLResponse:
    """What matters now, then the figures."""
    me = login.principal
    found, days = await _facts(services, me, period)
    return render(request, "supervision.html", title="Supervision", login=login, figures=figures(found, days), bar=bar,
                  period=period, periods=PERIODS, now=await _now(services), alerts=await services.alerts.open(me))


@router.get("/{name}.csv")
async def figure_file(services: AnyServices, login: Me, name: str, period: Period = 7) -> Response:
    """One figure as a table: semicolons and a mark that French spreadsheets read."""
    found, days = await _facts(services, login.principal, period)
    figure = next((item for item in figures(found, days) if item.name == name), None)
    if figure is None:
        raise NotFound
    return Response("\ufeff" + table(figure), media_type="text/csv; charset=utf-8", headers={
        "content-disposition": f'attachment; filename="{name}-{period}-jours.csv"', "cache-control": "no-store"})


@router.get("/demandes")
async def behind(request: Request, services: AnyServices, login: Me, period: Period = 7, jour: date | None = None,
                 heure: int | None = None, topic: int | None = None, channel: str = "", place: str = "", outcome: str = "",
                 urgency: str = "", rouvertes: bool = False) -> HTMLResponse:
    """The cases that a figure counts."""
    me = login.principal
    found, _ = await _facts(services, me, period)
    wanted = {"channel": channel, "place": place, "outcome": outcome, "urgency": urgency}
    ids = [case.id for case in found.cases if _counts(case, jour, heure, topic, wanted, rouvertes)][-_MOST:]
    rows = await services.db.read(lambda session: rows_by_id(session, me, ids))
    return render(request, "cases_behind.html", title="Demandes comptées", login=login, rows=rows, view=View("closed"),
                  period=period)


def table(figure: Figure) -> str:
    """The CSV of a figure."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\r\n")
    parts = [label for label, _ in figure.bars[0].parts] if figure.bars else []
    writer.writerow([figure.title, figure.unit, *parts])
    for row in figure.bars:
        writer.writerow([_safe(row.label), _number(row.value), *(_number(value) for _, value in row.parts)])
    return out.getvalue()


def _number(value: float) -> str:
    return f"{value:g}".replace(".", ",")


def _safe(label: str) -> str:
    """A place that starts like a formula must not become one in a spreadsheet."""
    return f"'{label}" if label[:1] in "=+-@\t" else label


def _counts(case: CaseFact, day: date | None, hour: int | None, topic: int | None, wanted: dict[str, str],
            reopened: bool) -> bool:
    if (day is not None and in_paris(case.opened_at).date() != day) or (hour is not None and case.hour != hour):
        return False
    if (topic is not None and (case.topic or 29) != topic) or (reopened and not case.reopened):
        return False
    return all(not value or getattr(case, name) == value for name, value in wanted.items())


async def _facts(services: Services, me: Principal, period: int) -> tuple[Facts, Sequence[date]]:
    me.need(me.supervises)
    today = in_paris(now()).date()
    days = [today - timedelta(days=back) for back in range(period - 1, -1, -1)]
    since = datetime.combine(days[0], time(), PARIS)
    return await services.db.read(lambda session: facts(session, since)), days


async def _now(services: Services) -> Now:
    instant = now()
    return await services.db.read(lambda session: present_now(session, instant, instant - _PRESENT))
