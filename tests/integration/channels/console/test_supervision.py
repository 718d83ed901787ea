"""Figures that lead to their cases, and the inbox of what was not understood."""

from __future__ import annotations

import html
import re

import yaml
from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.store.models import Message
from tests.fixtures.console_browser import seat
from tests.fixtures.desk import Desk


async def test_an_advisor_has_no_supervision(desk: Desk) -> None:
    eva = await seat(desk, "Eva")
    assert (await eva.open("/console/supervision")).status_code == 403


async def test_the_page_says_how_many_wait_and_each_figure_has_its_table(desk: Desk) -> None:
    for _ in range(3):
        await desk.waiting()
    chief = await seat(desk, "Chef", "superviseur")
    await chief.open("/console/supervision")
    assert re.search(r"En attente</dt><dd><a[^>]*>3</a>", chief.page)
    names = re.findall(r"/console/supervision/(\w+)\.csv", chief.page)
    assert len(set(names)) >= 12
    for name in set(names):
        answer = await chief.http.get(f"/console/supervision/{name}.csv?jours=7")
        assert answer.status_code == 200
        assert ";" in answer.text.splitlines()[0]
    channels = await chief.http.get("/console/supervision/canaux.csv")
    assert "Chat;3" in channels.text


async def test_each_figure_leads_to_exactly_what_it_counts(desk: Desk) -> None:
    await desk.waiting()
    await desk.waiting()
    await desk.say(await desk.citizen(), "comment devenir coiffeuse ?")
    await desk.say(await desk.citizen(), "je veux mourir")
    session = await desk.services.chat.session(await _marked(desk))
    chief = await seat(desk, "Chef", "superviseur")
    await chief.open("/console/supervision")
    links = re.findall(r'href="(/console/supervision/demandes\?[^"]+)">([\d,]+)', chief.page)
    asked = {html.unescape(link).rsplit("&", 1)[-1] for link, _ in links}
    assert {"seul=1", "avis=4", "territoire=27", "territoire=ailleurs", "rouvertes=0"} <= asked
    for link, number in links:
        if "," in number:
            continue  # minutes, not a count
        await chief.open(html.unescape(link))
        rows = len(re.findall(r'<li id="case-|<p class="t"><span class="ch', chief.page))
        assert rows == int(number), link
        file = await chief.http.get(html.unescape(link).replace("/demandes?", "/demandes.csv?"))
        assert len(file.text.strip().splitlines()) == rows + 1
    assert any("alerte=" in link for link, _ in links)
    await chief.open(f"/console/conversations/{session.conversation_id}")
    assert "Vous avez dit" in chief.page


async def _marked(desk: Desk) -> str:
    token = await desk.citizen()
    await desk.services.chat.feedback(await desk.say(token, "bonjour"), 4)
    return token


async def test_alike_messages_are_filed_at_once_and_exported_without_what_is_personal(desk: Desk) -> None:
    for text in ("brouhaha pour mon fils 06 12 34 56 78", "et brouhaha pour mon fils !", "brouhaha  pour mon fils svp"):
        await desk.say(await desk.citizen(), text)
    editor = await seat(desk, "Edith", "editeur")
    await editor.open("/console/pas-compris")
    assert "<b>3</b> messages" in editor.page
    assert "06 12 34" not in editor.page
    keys = re.search(r'<textarea name="keys" hidden>(.*?)</textarea>', editor.page, re.DOTALL)
    assert keys is not None
    await editor.post("/console/pas-compris", keys=keys[1], verdict="intent", intent="nulle_part", text="brouhaha")
    assert "Choisissez une intention" in editor.banner
    await editor.post("/console/pas-compris", keys=keys[1], verdict="intent", intent="question",
                      text="brouhaha pour mon fils, je m'appelle Louise Martin, 06 12 34 56 78")
    assert "question" in editor.banner
    assert "Rien à classer" in editor.page
    exported = await editor.http.get("/console/pas-compris/export.yml")
    data = yaml.safe_load(exported.text)
    assert data["nlu"][0]["intent"] == "question"
    assert "brouhaha" in data["nlu"][0]["examples"]
    assert "Martin" not in exported.text and "06 12" not in exported.text


async def test_a_missing_sheet_is_noted_for_the_editors(desk: Desk) -> None:
    await desk.say(await desk.citizen(), "brouhaha sur les drones")
    editor = await seat(desk, "Edith", "editeur")
    await editor.open("/console/pas-compris")
    keys = re.search(r'<textarea name="keys" hidden>(.*?)</textarea>', editor.page, re.DOTALL)
    assert keys is not None
    await editor.post("/console/pas-compris", keys=keys[1], verdict="sheet", text="brouhaha sur les drones",
                      wish="Métiers du drone")
    assert "Métiers du drone" in editor.page


async def test_what_was_answered_or_broke_by_our_fault_is_no_work_for_an_editor(desk: Desk) -> None:
    token = await desk.citizen()
    conversation = await desk.say(token, "je pense à un truc avec des drones")
    await desk.say(token, "ce message nous a fait tomber")
    await desk.say(token, "brouhaha pour de vrai")

    def mark(session: Session) -> None:
        first, second, _ = session.scalars(select(Message).where(
            Message.conversation_id == conversation, Message.author == "citizen").order_by(Message.seq))
        first.confidence, second.understood, second.failure = 0.2, False, "crashed"

    await desk.services.db.write(mark)
    editor = await seat(desk, "Edith", "editeur")
    await editor.open("/console/pas-compris")
    assert "brouhaha pour de vrai" in editor.page
    assert "drones" not in editor.page and "tomber" not in editor.page


async def test_what_is_understood_before_an_advisor_is_asked_for_has_a_list_of_its_own(desk: Desk) -> None:
    await desk.waiting("comment devenir coiffeuse ?")
    editor = await seat(desk, "Edith", "editeur")
    await editor.open("/console/pas-compris")
    assert "Rien à classer" in editor.page
    await editor.open("/console/pas-compris?raison=person")
    assert "comment devenir coiffeuse" in editor.page


async def test_what_a_figure_counts_is_listed_newest_first(desk: Desk) -> None:
    numbers = [(await desk.waiting())[0] for _ in range(4)]
    chief = await seat(desk, "Chef", "superviseur")
    await chief.open("/console/supervision/demandes?jours=7")
    assert [int(found) for found in re.findall(r'<li id="case-(\d+)"', chief.page)] == sorted(numbers, reverse=True)
