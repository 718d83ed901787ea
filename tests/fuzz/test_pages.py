"""Every page of the console and of the public site, with any parameter and any field of a form: never a 500."""

from __future__ import annotations

import os
import random
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import httpx
import pytest
from fastapi import APIRouter
from fastapi.routing import APIRoute

from channels import console, public
from tests.fixtures.console_browser import Seat
from tests.fixtures.desk import Desk, open_desk

# The long form is `make soak`.
ROUNDS = max(1, int(os.environ.get("FUZZ_EXAMPLES", "4")) // 4)
_VALUES = ("", "0", "-1", "1", "2", "99999999999999999999", "x", "é", "' OR 1=1 --", "<script>", "2026-02-30", "2026-13-45T99:99",
           "null", "\u0000", "%00", "a" * 5000, "../../etc/passwd", "1e309", "True", "lundi")
_ENDLESS = ("/console/live", "/api/")


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """A helpline with one case in its queue."""
    async with open_desk(tmp_path) as opened:
        await opened.waiting()
        yield opened


async def administrator(desk: Desk) -> Seat:
    """Somebody who may do everything."""
    await desk.colleague("Zoe", "admin", password=True)
    seat = Seat(desk)
    await seat.log_in("Zoe")
    return seat


def pages(router: APIRouter) -> Iterator[APIRoute]:
    """The routes of this router, and of those that it includes, that make pages."""
    for item in router.routes:
        if isinstance(item, APIRoute):
            if not item.path.startswith(_ENDLESS) and (item.path.startswith("/console") or router is not console.router):
                yield item
        else:
            yield from pages(item.original_router)  # type: ignore[attr-defined]


def filled(path: str, dice: random.Random) -> str:
    """An address with something in each of its places."""
    parts = [dice.choice(_VALUES[:12]) or "0" if part.startswith("{") else part for part in path.split("/")]
    return str(httpx.URL("http://x").copy_with(path="/".join(parts)).raw_path, "ascii")


def given(route: APIRoute, dice: random.Random) -> tuple[dict[str, str], dict[str, str]]:
    """Query and form: the parameters that the route reads, some of them, with any value."""
    query = {field.alias: dice.choice(_VALUES) for field in route.dependant.query_params if dice.random() < 0.8}
    form = {field.alias: dice.choice(_VALUES) for field in route.dependant.body_params if dice.random() < 0.9}
    return query, form


async def test_no_page_breaks_whatever_it_is_given(desk: Desk) -> None:
    seat, dice, asked = await administrator(desk), random.Random(11), 0
    token = seat.token
    seat.http._transport.raise_app_exceptions = False  # type: ignore[attr-defined]
    found = [*pages(console.router), *pages(public.router)]
    routes = sorted(found, key=lambda route: "deconnexion" in route.path)  # last: it ends the session
    for route in routes:
        for _ in range(ROUNDS):
            for method in sorted(route.methods & {"GET", "POST", "DELETE"}):
                query, form = given(route, dice)
                answer = await seat.http.request(method, filled(route.path, dice), params=query, follow_redirects=False,
                                                 data={**form, "csrf": token} if method == "POST" else None)
                assert answer.status_code < 500, f"{method} {route.path} {query} {form}"
                asked += 1
    assert asked > 40
