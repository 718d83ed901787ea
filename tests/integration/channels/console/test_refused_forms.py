"""Whatever form is refused, what was typed stands in it again with the reason: teams, hours, accounts, duty, one's own."""

from __future__ import annotations

import re

from tests.fixtures.console_browser import seat
from tests.fixtures.desk import Desk
from tests.fixtures.html_checker import html_faults

TEAMS, HOURS, ACCOUNTS, DUTY, OWN = ("/console/administration/equipes", "/console/administration/horaires",
                                     "/console/administration", "/console/astreinte", "/console/compte")


def _open_form(page: str, action: str) -> str:
    """The form of that address, with what was typed."""
    found = re.search(rf'<form method="post" action="{action}".*?</form>', page, re.S)
    assert found is not None
    return found[0]


async def test_a_team_whose_name_is_taken_keeps_its_boxes(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    await admin.open(TEAMS)
    await admin.post(TEAMS, name="Eure", territory="27")
    answer = await admin.post(TEAMS, name="Eure", territory="50", topic="3")
    form = _open_form(admin.page, TEAMS)
    assert answer.status_code == 409 and admin.banner == "Une équipe porte déjà ce nom."
    assert re.search(r'name="name" value="Eure"', form) and re.search(r'name="territory" value="50" checked', form)
    assert re.search(r'name="topic" value="3" checked', form) and form.count(" checked") == 2
    assert html_faults({TEAMS: admin.page}) == []


async def test_a_team_that_is_changed_stays_open_and_can_be_sent_again(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    await admin.open(TEAMS)
    for name in ("Eure", "Manche"):
        await admin.post(TEAMS, name=name)
    team = re.search(rf"{TEAMS}/(\w+)/fin\"[^>]*>Supprimer l.équipe<span class=\"sr\"> Manche", admin.page)
    assert team is not None
    for _ in range(2):  # the second time from the address of the form itself
        await admin.post(f"{TEAMS}/{team[1]}", name="Eure", territory="50", page=_page(admin.page))
        assert "porte déjà ce nom" in admin.banner
        assert re.search(r"<details open><summary><b>Manche</b>.*?value=\"50\" checked", admin.page, re.S)
    await admin.post(f"{TEAMS}/{team[1]}", name="Manche et Orne", territory="50", page=_page(admin.page))
    assert "à jour" in admin.banner and admin.path == TEAMS


def _page(page: str) -> str:
    found = re.search(r'name="page" value="([^"]*)"', page)
    return found[1] if found else ""


async def test_hours_that_cannot_be_read_stay_with_all_the_rest(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open(HOURS)
    await editor.post(HOURS, slot="45", notice="30", lundi="9h-12h", mardi="09:00-12:00", closures="2030-12-24\r\n2030-12-31",
                      seen="0")
    assert "9h-12h" in editor.page and "ne se lisent pas" in editor.page
    assert 'name="lundi" value="9h-12h"' in editor.page and 'name="mardi" value="09:00-12:00"' in editor.page
    assert "2030-12-24\n2030-12-31</textarea>" in editor.page and re.search(r'name="slot"[^>]*value="45"', editor.page)
    assert html_faults({HOURS: editor.page}) == []


async def test_an_account_that_is_refused_keeps_its_fields(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    await admin.open(ACCOUNTS)
    await admin.post(f"{ACCOUNTS}/comptes", email="ada@exemple.fr", role="superviseur", name="Ada Bis", team="Eure")
    form = _open_form(admin.page, f"{ACCOUNTS}/comptes")
    typed = ('value="ada@exemple.fr"', 'value="Ada Bis"', 'value="superviseur" selected', 'value="Eure"')
    assert all(kept in form for kept in typed)
    me = (await desk.services.accounts.by_key(desk.keys["Ada"])).account_id
    await admin.open(ACCOUNTS)
    await admin.post(f"{ACCOUNTS}/comptes/{me}", name="Ada Lune", role="admin", capacity="99", active="1")
    assert "de 0 à 50" in admin.page and 'value="Ada Lune"' in _open_form(admin.page, f"{ACCOUNTS}/comptes/{me}")
    assert html_faults({ACCOUNTS: admin.page}) == []


async def test_a_shift_that_makes_no_sense_keeps_who_when_and_for_whom(desk: Desk) -> None:
    chief = await seat(desk, "Chef", "superviseur")
    awa = (await desk.services.accounts.by_key(desk.keys["Awa"])).account_id
    await chief.open(DUTY)
    await chief.post(DUTY, account=awa, starts="10:00", ends="25:00", weekday="2")
    form = _open_form(chief.page, DUTY)
    assert f'<option value="{awa}" selected>' in form and 'value="2" checked' in form and 'name="starts" value="10:00"' in form
    await chief.open(DUTY)
    assert "checked" not in _open_form(chief.page, DUTY)


async def test_ready_sentences_and_numbers_of_one_s_own_account_stay(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    await eva.open(OWN)
    await eva.post(f"{OWN}/reponses", shortcut="/rdv", title="Rendez-vous", text="Je vous propose un rendez-vous.")
    number = re.search(r'name="id" value="(\w+)"', eva.page)
    assert number is not None
    await eva.post(f"{OWN}/reponses", id=number[1], shortcut=" ", title="RDV", text="Un <autre> texte.")
    assert re.search(r"<details class=\"plain\" open>.*?Un &lt;autre&gt; texte\.</textarea>", eva.page, re.S)
    await eva.open(OWN)
    await eva.post(f"{OWN}/reponses", shortcut=" ", title="Fin", text="Bonne suite.")
    assert eva.page.count("Bonne suite.") == 1 and "Je vous propose un rendez-vous.</textarea>" in eva.page
    await eva.open(OWN)
    await eva.post(f"{OWN}/telephone", number="12")
    assert 'name="number"' in eva.page and 'value="12"' in eva.page
    assert html_faults({OWN: eva.page}) == []


async def test_what_has_no_field_goes_back_to_its_page_with_the_sentence(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open(HOURS)
    await editor.post(f"{HOURS}/annuler/9")
    assert editor.path == HOURS and "banner error" in editor.page


async def test_a_page_that_is_a_stream_or_of_somewhere_else_is_never_asked(desk: Desk) -> None:
    admin = await seat(desk, "Ada", "admin")
    for page in ("/console/live", "/console/rappels/semaine.ics", "https://exemple.fr/", "//exemple.fr/console/", "http://[::1"):
        await admin.open(TEAMS)
        answer = await admin.http.post(TEAMS, data={"csrf": admin.token, "name": " ", "page": page})
        assert answer.status_code in {303, 422} and "<textarea" not in answer.text
