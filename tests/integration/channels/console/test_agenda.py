"""From entering a session in the console to its answer in chat, SMS and phone, and the public page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.facade import KnowledgeBase
from tests.fixtures.console_browser import Seat, seat
from tests.fixtures.desk import Desk
from tests.fixtures.html_checker import html_faults
from tests.fixtures.shipped_knowledge import open_shipped
from tests.unit.actions.talk import Conversation

CAFE = {"title": "Café des parents", "date": "08/12/2099", "start": "18h", "end": "20h", "commune": "Bernay",
        "venue": "5 rue d’essai",
        "publics": "parents", "capacity": "20", "sign_up": "https://exemple.fr/cafe", "access": "Arrêt de bus Essai.",
        "organiser": "Organisateur d’essai", "source": "Essai"}
ASKED = "prochain café des parents à Bernay"


@pytest.fixture(autouse=True)
def knowledge(desk: Desk, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The application's knowledge base, with the shipped sheets and places."""
    kb = open_shipped(tmp_path / "kb")
    transport: Any = desk.client._transport
    transport.app.state.knowledge = kb
    yield kb
    kb.close()


async def _editor(desk: Desk) -> Seat:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open("/console/agenda")
    return editor


async def test_what_is_entered_is_answered_at_once_by_every_channel_and_process(desk: Desk, tmp_path: Path,
                                                                                 knowledge: KnowledgeBase) -> None:
    other = KnowledgeBase.open(str(knowledge.engine.url), tmp_path / "other", shipped=False)  # the actions' process
    talk = Conversation(other)
    assert "aucune date à venir : café des parents, Bernay" in talk.says(ASKED, "question").text
    editor = await _editor(desk)
    await editor.post("/console/agenda", **CAFE)
    assert "à l’agenda" in editor.page and not html_faults({"agenda": editor.page})
    told = talk.says("reunion parents bernay ?", "question")
    assert "mardi 8 décembre 2099, de 18 h à 20 h, 5 rue d’essai, Bernay" in told.text and "Arrêt de bus" in told.text
    assert "https://exemple.fr/cafe" in (told.sms or "") and "8 décembre 2099" in (told.sms or "")
    assert "https" not in (told.spoken or "") and "de 18 h à 20 h" in (told.spoken or "")
    assert "Je n’y connais aucune date" in talk.says("prochain café des parents à Cherbourg", "question").text
    assert "2099" not in talk.says("café des parents c quoi ?", "question").text
    other.close()


async def test_a_cancelled_session_is_said_so_everywhere(desk: Desk, knowledge: KnowledgeBase) -> None:
    editor = await _editor(desk)
    await editor.post("/console/agenda", **CAFE)
    [session] = knowledge.agenda.upcoming()
    await editor.post(f"/console/agenda/{session.id}/cancelled")
    assert Conversation(knowledge).says(ASKED, "question").text.startswith("Annulé : Café des parents")
    assert "Annulé." in (await desk.client.get("/agenda")).text
    assert "STATUS:CANCELLED" in (await desk.client.get("/agenda.ics")).text


async def test_the_public_page_is_filtered_and_needs_no_script(desk: Desk) -> None:
    editor = await _editor(desk)
    await editor.post("/console/agenda", **CAFE)
    page = (await desk.client.get("/agenda", params={"territoire": "Bernay", "public": "parents"})).text
    assert "Café des parents" in page and "<script" not in page and not html_faults({"agenda": page})
    assert "Aucune date connue" in (await desk.client.get("/agenda", params={"territoire": "Cherbourg"})).text
    [told] = (await desk.client.get("/agenda.json")).json()["sessions"]
    assert (told["commune_name"], told["starts_at"]) == ("Bernay", "2099-12-08T17:00:00+00:00")


async def test_a_refused_form_keeps_what_was_typed(desk: Desk, knowledge: KnowledgeBase) -> None:
    editor = await _editor(desk)
    answer = await editor.post("/console/agenda", **{**CAFE, "commune": "Ploufville"})
    assert answer.status_code == 422
    assert "je ne connais pas « Ploufville »" in editor.page and 'value="5 rue d’essai"' in editor.page
    assert not knowledge.agenda.upcoming()


async def test_an_advisor_does_not_change_the_agenda(desk: Desk, knowledge: KnowledgeBase) -> None:
    advisor = await seat(desk, "Ada")
    await advisor.post("/console/agenda", **CAFE)
    assert not knowledge.agenda.upcoming()


async def test_a_date_of_ours_has_its_button_on_every_channel_and_its_list_for_the_organiser(
    desk: Desk, tmp_path: Path, knowledge: KnowledgeBase
) -> None:
    admin = await seat(desk, "Ada", "admin")
    await admin.open("/console/agenda")
    await admin.post("/console/agenda", **{**CAFE, "sign_up": "ici"})
    found = Conversation(knowledge).says(ASKED, "question")
    assert [(button.label, button.payload["command"]) for button in found.quick_replies] == [("M’inscrire", "sign_up")]
    assert "On s’inscrit ici" in (found.sms or "") and "Inscription : ici" not in found.text
    session = knowledge.agenda.upcoming()[0]
    await admin.open(f"/console/agenda/{session.id}/inscrits")
    assert "est inscrit pour" in admin.page and not html_faults({"list": admin.page})
    editor = await _editor(desk)
    assert (await editor.open(f"/console/agenda/{session.id}/inscrits")).status_code == 403
