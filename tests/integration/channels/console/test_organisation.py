"""Teams, hours, keys and sessions, managed in the console by those who may."""

from __future__ import annotations

import re

from channels.people.colleagues import Colleagues
from tests.fixtures.console_browser import seat
from tests.fixtures.desk import PASSWORD, Desk


async def test_a_team_gets_the_new_cases_of_its_territory_and_topic(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    await admin.open("/console/administration/equipes")
    await admin.post("/console/administration/equipes", name="Eure", territory="27")
    await admin.post("/console/administration/equipes", name="Manche", territory="50")
    assert "créée" in admin.banner and "Manche" in admin.page
    case_id, _ = await desk.waiting()
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    assert (await desk.services.cases.get(awa, case_id)).row.team == "Eure"
    await desk.services.cases.claim(awa, case_id)
    answer = await desk.client.post(f"/api/advisor/cases/{case_id}/transfer", json={"to": "Manche"}, headers=desk.bearer("Awa"))
    assert (answer.json()["state"], answer.json()["team"], answer.json()["owner"]) == ("queued", "Manche", None)


async def test_a_renamed_team_keeps_its_people_and_its_cases(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    await admin.open("/console/administration/equipes")
    await admin.post("/console/administration/equipes", name="Eure", territory="27")
    case_id, _ = await desk.waiting()
    team = re.search(r"/console/administration/equipes/(\w+)/fin", admin.page)
    assert team is not None
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    await admin.open("/console/astreinte")
    await admin.post("/console/astreinte", account=awa.account_id, starts="08:00", ends="18:00", weekday="0", team="Eure")
    await admin.open("/console/administration/equipes")
    await admin.post(f"/console/administration/equipes/{team[1]}", name="Évreux", territory="27")
    assert [shift.team for day in (await desk.services.duty.rota(awa)).days for shift in day.shifts] == ["Évreux"]
    assert (await desk.services.cases.get(awa, case_id)).row.team == "Évreux"
    await admin.post(f"/console/administration/equipes/{team[1]}/fin")
    assert (await desk.services.cases.get(awa, case_id)).row.team is None


async def test_editors_set_the_hours_and_they_hold_at_once_and_after_a_restart(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open("/console/administration/horaires")
    assert "09:00-12:30, 13:30-17:00" in editor.page
    desk.services.hours.mode = "schedule"
    await editor.post("/console/administration/horaires", slot="30", notice="0", closures="2030-01-01/2030-02-01",
                      exceptions="2030-01-05 : 09:00-10:00", samedi="10:00-12:00")
    assert "valent dès maintenant" in editor.banner
    assert desk.services.hours.data["semaine"] == {
        "lundi": [], "mardi": [], "mercredi": [], "jeudi": [], "vendredi": [], "samedi": ["10:00-12:00"], "dimanche": []}
    desk.services.hours.use({"semaine": {}})
    await desk.services.opening.load()
    assert desk.services.hours.data["exceptions"] == {"2030-01-05": ["09:00-10:00"]}


async def test_changed_hours_keep_a_history_and_are_taken_back(desk: Desk) -> None:
    page, week = "/console/administration/horaires", {"slot": "60", "notice": "60"}
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open(page)
    await editor.post(page, lundi="09:00-12:00", **week)
    await editor.post(page, lundi="09:00-12:00", closures="2030-12-24", **week)
    assert "Eddy" in editor.page and "09:00-12:30, 13:30-17:00" in editor.page and "2030-12-24" in editor.page
    await editor.post(f"{page}/annuler/1")
    assert "annulée" in editor.banner
    assert desk.services.hours.data["semaine"]["lundi"] == ["09:00-12:30", "13:30-17:00"]
    assert desk.services.hours.data["fermetures"] == ["2030-12-24"]
    await editor.post(f"{page}/annuler/1")
    assert "plus récente" in editor.banner


async def test_two_editors_of_the_hours_do_not_overwrite_each_other(desk: Desk) -> None:
    page, week = "/console/administration/horaires", {"slot": "60", "notice": "60", "seen": "0"}
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open(page)
    await editor.post(page, lundi="09:00-12:00", **week)
    await editor.post(page, lundi="14:00-17:00", **week)
    assert "entre-temps" in editor.page and 'name="lundi" value="14:00-17:00"' in editor.page
    assert desk.services.hours.data["semaine"]["lundi"] == ["09:00-12:00"]


async def test_hours_that_cannot_be_read_are_refused_and_named(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open("/console/administration/horaires")
    await editor.post("/console/administration/horaires", slot="60", notice="60", lundi="9h-12h")
    assert "9h-12h" in editor.banner
    eva = await seat(desk, "Eva")
    assert (await eva.open("/console/administration/horaires")).status_code == 403


async def test_an_administrator_makes_and_ends_keys_of_others(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    awa = await desk.services.accounts.by_key(desk.keys["Awa"])
    await admin.open("/console/administration")
    await admin.post(f"/console/administration/comptes/{awa.account_id}/cles", password=PASSWORD)
    shown = re.search(r"<code>(pm_[\w-]+)</code>", admin.page)
    assert shown is not None
    assert (await desk.services.accounts.by_key(shown[1])).name == "Awa"
    keys = await desk.services.account_access.keys(await desk.services.accounts.by_key(desk.keys["Ada"]))
    await admin.open("/console/administration")
    await admin.post(f"/console/administration/cles/{keys[awa.account_id][-1].id}/fin")
    answer = await desk.client.get("/api/advisor/cases", headers={"authorization": f"Bearer {shown[1]}"})
    assert answer.status_code == 401


async def test_one_session_is_ended_without_the_others(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    elsewhere = type(eva)(desk)
    await elsewhere.log_in("Eva")
    await eva.open("/console/compte")
    other = re.search(r"/console/compte/sessions/(\w{32})/fin", eva.page)
    assert other is not None and "celle-ci" in eva.page
    await eva.post(f"/console/compte/sessions/{other[1]}/fin")
    await elsewhere.open("/console/")
    assert elsewhere.path == "/console/connexion"
    assert (await eva.open("/console/")).status_code == 200


async def test_an_advisor_says_on_which_telephone_callers_are_put_through(desk: Desk) -> None:
    zoe, colleagues = await seat(desk, "Zoé"), Colleagues(desk.services.db)
    await zoe.open("/console/compte")
    await zoe.post("/console/compte/telephone", number="02 31 00 00 11")
    assert "enregistré" in zoe.banner and 'value="02 31 00 00 11"' in zoe.page
    called = await colleagues.named("je voudrais parler à Zoé")
    assert called is not None and called.phone == "+33231000011"
    await zoe.post("/console/compte/telephone", number="12")
    assert "numéro de téléphone complet" in zoe.page
    await zoe.open("/console/compte")
    await zoe.post("/console/compte/telephone", number="")
    assert "retiré" in zoe.banner and await colleagues.named("je voudrais parler à Zoé") is None


async def test_a_key_of_one_s_own_is_made_with_one_s_password_only(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    await eva.open("/console/compte")
    await eva.post("/console/compte/cles", label="essai", password="un autre mot de passe")
    assert "pas votre mot de passe" in eva.banner and "pm_" not in eva.page and 'value="essai"' in eva.page
    await eva.post("/console/compte/cles", label="essai", password=PASSWORD)
    shown = re.search(r"<code>(pm_[\w-]+)</code>", eva.page)
    assert shown is not None and (await desk.services.accounts.by_key(shown[1])).name == "Eva"
