"""Accounts, second factors and the audit log, managed in the console."""

from __future__ import annotations

import re

import pytest

from tests.fixtures.console_browser import Seat, seat
from tests.fixtures.desk import PASSWORD, Desk


async def test_only_administrators_manage_accounts(desk: Desk) -> None:
    chief = await seat(desk, "Chef", "superviseur")
    assert (await chief.open("/console/administration")).status_code == 403
    answer = await chief.http.post("/console/administration/comptes", data={
        "csrf": chief.token, "email": "x@exemple.fr", "role": "admin"})
    assert answer.status_code == 403


async def test_a_new_account_comes_in_by_the_link_that_is_shown_once(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    await admin.open("/console/administration")
    await admin.post("/console/administration/comptes", email="neuf@exemple.fr", role="conseiller", name="Neuf", team="Eure")
    link = re.search(r"/console/mot-de-passe/[\w-]+", admin.page)
    assert link is not None
    newcomer = Seat(desk)
    await newcomer.open(link[0])
    await newcomer.post(link[0], password=PASSWORD, again=PASSWORD)
    await newcomer.log_in("Neuf")
    assert newcomer.path == "/console/"
    await admin.open("/console/administration")
    assert link[0] not in admin.page


async def test_a_deactivated_account_is_out_at_once(desk: Desk) -> None:
    admin, eva = await seat(desk, "Ada", "admin"), await seat(desk, "Eva")
    row = next(row for row in await desk.services.accounts.list(await desk.services.accounts.by_key(desk.keys["Ada"]))
               if row.name == "Eva")
    await admin.open("/console/administration")
    await admin.post(f"/console/administration/comptes/{row.id}", name="Eva", role="conseiller", capacity="2")
    assert "à jour" in admin.banner
    await eva.open("/console/")
    assert eva.path == "/console/connexion"


async def test_nobody_takes_their_own_rights_away_by_mistake(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    me = await desk.services.accounts.by_key(desk.keys["Ada"])
    await admin.open("/console/administration")
    await admin.post(f"/console/administration/comptes/{me.account_id}", name="Ada", role="conseiller", capacity="2", active="1")
    assert "autre administrateur" in admin.banner


async def test_a_look_at_a_case_is_in_the_log(desk: Desk) -> None:
    case_id, _ = await desk.waiting()
    eva = await seat(desk, "Eva")
    await eva.open(f"/console/cases/{case_id}")
    chief = await seat(desk, "Chef", "superviseur")
    await chief.open(f"/console/journal?cible={case_id}")
    assert "Eva" in chief.page and "a ouvert" in chief.page


@pytest.mark.parametrize("part", ["conversation", "personne", "actions", "appel"])
async def test_a_part_of_a_case_s_page_is_in_the_log_as_the_page_is(desk: Desk, part: str) -> None:
    case_id, _ = await desk.waiting()
    eva = await seat(desk, "Eva")
    for _ in range(2):
        assert (await eva.open(f"/console/cases/{case_id}/{part}")).status_code == 200
    chief = await desk.services.accounts.by_key(desk.keys["Claire"])
    lines = [line.action for line in await desk.services.audit.lines(chief, target_id=str(case_id)) if line.by == "Eva"]
    assert lines == ["case_seen"]


async def test_the_list_alone_is_in_the_log_as_well(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    await eva.open("/console/file")
    chief = await desk.services.accounts.by_key(desk.keys["Claire"])
    assert "cases_seen" in [line.action for line in await desk.services.audit.lines(chief) if line.by == "Eva"]


async def test_lists_and_acts_are_in_the_log_too_a_list_once_however_often_it_is_read(desk: Desk) -> None:
    case_id, _ = await desk.waiting()
    eva = await seat(desk, "Eva")
    for _ in range(3):
        await eva.open("/console/")
    await eva.post(f"/console/cases/{case_id}/claim")
    await eva.post(f"/console/cases/{case_id}/notes", text="à rappeler")
    chief = await desk.services.accounts.by_key(desk.keys["Claire"])
    lines = [line.action for line in await desk.services.audit.lines(chief) if line.by == "Eva"]
    assert lines.count("cases_seen") == 1
    assert {"case_claimed", "case_note", "case_seen"} <= set(lines)
