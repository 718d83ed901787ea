"""The page of those on duty: who is now, where nobody is, and what it says when an alert would reach nobody."""

from __future__ import annotations

import re

from tests.fixtures.console_browser import seat
from tests.fixtures.desk import Desk


async def test_a_supervisor_fills_the_week_and_everybody_reads_who_is_on_duty(desk: Desk) -> None:
    chief = await seat(desk, "Chef", "superviseur")
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    await chief.open("/console/astreinte")
    assert "ne préviendrait que cette console" in chief.page
    for weekday in "0123456":
        await chief.post("/console/astreinte", account=awa.account_id, starts="00:00", ends="00:00", weekday=weekday)
    assert "ni mobile ni courriel" in chief.page, "on duty and out of reach is not on duty"
    await chief.post(f"/console/astreinte/mobiles/{awa.account_id}", mobile="06 39 98 00 01")
    assert "enregistré" in chief.banner and "D'astreinte en ce moment" in chief.page
    eva = await seat(desk, "Eva")
    await eva.open("/console/")
    assert re.search(r"Astreinte</a>\s:\sAwa", eva.page)
    await eva.open("/console/astreinte")
    assert "Sans personne" not in eva.page and "06 39 98" not in eva.page and "Ajouter" not in eva.page


async def test_a_shift_is_taken_away_and_the_hole_is_seen(desk: Desk) -> None:
    chief = await seat(desk, "Chef", "superviseur")
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    await chief.open("/console/astreinte")
    await chief.post("/console/astreinte", account=awa.account_id, starts="20:00", ends="08:00", weekday="0", team="")
    assert "20 h – 8 h le lendemain" in chief.page.replace("\xa0", " ").replace("\u202f", " ")
    shift = re.search(r"/console/astreinte/(\w{32})/fin", chief.page)
    assert shift is not None and chief.page.count("toute la journée") == 5
    await chief.post(f"/console/astreinte/{shift[1]}/fin")
    assert chief.page.count("toute la journée") == 7
