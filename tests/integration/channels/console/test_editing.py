"""Editors correct sheets in the console: answered from at once, with history and a way back."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from knowledge_base.facade import KnowledgeBase
from knowledge_base.loader import load_folder
from tests.fixtures.console_browser import Seat, seat
from tests.fixtures.desk import Desk
from tests.fixtures.html_checker import html_faults

CONTENT = Path(__file__).parents[3] / "fixtures" / "knowledge_base" / "content"
SHEET = "/console/fiches/structure/ml-ouest"
SOURCE = {"source_name": "Appel à l’accueil", "source_collected_on": "2026-11-20"}


@pytest.fixture(autouse=True)
def knowledge(desk: Desk, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The application's knowledge base, with the small sheets of the fixtures."""
    kb = KnowledgeBase.open(f"sqlite:///{tmp_path / 'knowledge.sqlite3'}", tmp_path / "kb", shipped=False)
    load_folder(kb.engine, CONTENT)
    kb.refresh_if_changed()
    transport: Any = desk.client._transport
    transport.app.state.knowledge = kb
    yield kb
    kb.close()


def _seen(editor: Seat) -> str:
    found = re.search(r'name="seen" value="(\d+)"', editor.page)
    assert found is not None
    return found[1]


async def _hours(desk: Desk) -> Any:
    sheet = (await desk.client.get("/api/kb/structure/ml-ouest")).json()
    return {section["heading"]: section["text"] for section in sheet["sections"]}.get("Horaires")


async def _found(desk: Desk, words: str) -> str:
    """What the public search finds first, once the running process has taken up the change."""
    for _ in range(1200):
        results = (await desk.client.get("/api/kb/search", params={"q": words})).json()["results"]
        if results:
            return str(results[0]["id"])
        await asyncio.sleep(0.1)
    raise AssertionError("the change never reached the search")


async def test_an_editor_corrects_hours_and_everybody_is_answered_from_them(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open("/console/fiches?q=mission+locale+caen")
    assert SHEET in editor.page
    await editor.open(SHEET)
    await editor.post(SHEET, seen=_seen(editor), hours="Le samedi, 9 h à 12 h", **SOURCE)
    assert "enregistré" in editor.banner
    assert await _hours(desk) == "Le samedi, 9 h à 12 h"
    assert "Le samedi, 9 h à 12 h" in editor.page and "(vide)" in editor.page and "Eddy" in editor.page


async def test_a_change_is_undone_from_the_history(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open(SHEET)
    await editor.post(SHEET, seen=_seen(editor), hours="Le mardi", **SOURCE)
    await editor.post(f"{SHEET}/annuler/1")
    assert "annulée" in editor.banner and await _hours(desk) is None
    await editor.open("/console/fiches")
    assert "annulation" in editor.page and "ml-ouest" in editor.page


async def test_the_second_of_two_editors_is_told_and_overwrites_nothing(desk: Desk) -> None:
    first, second = await seat(desk, "Eddy", "editeur"), await seat(desk, "Ada", "admin")
    await first.open(SHEET)
    await second.open(SHEET)
    seen = _seen(second)
    await first.post(SHEET, seen=seen, hours="Le mardi", **SOURCE)
    await second.post(SHEET, seen=seen, hours="Le jeudi", **SOURCE)
    assert "entre-temps" in second.banner and await _hours(desk) == "Le mardi"
    assert "Le jeudi" in second.page and _seen(second) != seen, "told once; what was typed stays, beside the history"


async def test_an_hour_without_a_source_is_refused_in_french(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open(SHEET)
    await editor.post(SHEET, seen="0", hours="Le mardi", source_name="")
    assert "d’où vient l’information" in editor.banner and await _hours(desk) is None


async def test_a_new_event_is_published_and_withdrawn(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open("/console/fiches/nouvelle/evenement")
    await editor.post("/console/fiches/nouvelle/evenement", title="Forum du paquebot", summary="Des métiers à bord.",
                      starts_on="2027-03-04", **SOURCE)
    assert editor.path == "/console/fiches/evenement/forum-du-paquebot"
    assert await _found(desk, "forum du paquebot") == "forum-du-paquebot"
    await editor.post(f"{editor.path}/retrait", seen=_seen(editor), retired="true")
    assert (await desk.client.get("/api/kb/evenement/forum-du-paquebot")).status_code == 404


async def test_a_new_place_gets_its_type(desk: Desk, knowledge: KnowledgeBase) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open("/console/fiches/nouvelle/structure")
    await editor.post("/console/fiches/nouvelle/structure", title="CIO du lac", type="cio", commune_name="Caen",
                      summary="On y parle d’orientation.")
    sheet = knowledge.sheet("structure", "cio-du-lac")
    assert sheet is not None and sheet.data.model_dump()["type"] == "cio"


async def test_only_editors_and_administrators_get_in(desk: Desk) -> None:
    advisor = await seat(desk, "Eva")
    assert (await advisor.open("/console/fiches")).status_code == 403
    assert (await advisor.open(SHEET)).status_code == 403
    assert (await advisor.post(SHEET, seen="0", hours="Le mardi", **SOURCE)).status_code == 403


async def test_the_pages_of_sheets_are_valid_html(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    paths = ("/console/fiches", "/console/fiches?q=mission+locale+caen", SHEET, "/console/fiches/nouvelle/evenement")
    assert html_faults({path: (await editor.open(path)).text for path in paths}) == []


async def test_what_is_refused_stays_typed(desk: Desk) -> None:
    editor = await seat(desk, "Eddy", "editeur")
    await editor.open(SHEET)
    answer = await editor.post(SHEET, seen=_seen(editor), hours="Le jeudi, 14 h à 17 h", closures="En août")
    assert answer.status_code == 422 and "pas enregistré" in editor.page
    assert "Le jeudi, 14 h à 17 h" in editor.page and "En août" in editor.page
    assert _seen(editor) == "0", "the next try is about the same state of the sheet"
    assert html_faults({SHEET: editor.page}) == []
    await editor.open("/console/fiches/nouvelle/structure")
    await editor.post("/console/fiches/nouvelle/structure", title="Point conseil de Vernon", type="mission_locale",
                      hours="Le mardi, 9 h à 12 h")
    assert "pas enregistré" in editor.page
    assert 'value="Point conseil de Vernon"' in editor.page and "Le mardi, 9 h à 12 h" in editor.page
    assert '<option value="mission_locale" selected>' in editor.page
