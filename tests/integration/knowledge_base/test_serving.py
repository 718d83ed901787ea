"""Newer content is taken up while people are answered: never half an index, never a wait."""

from __future__ import annotations

import re
import shutil
import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, update

from knowledge_base import KnowledgeBase
from knowledge_base.editing.corrections import add_sheet, correct
from knowledge_base.loader import load_folder
from knowledge_base.meta import bump_corrected
from knowledge_base.models import ChangeRow, SheetRow
from knowledge_base.search.build import IndexFiles
from knowledge_base.serving import INDEX_FOLDER

ROUNDS = 4
SOURCE = {"name": "Un appel à l’accueil", "collected_on": "2026-11-20"}


def _indexes(state: Path) -> set[str]:
    return {path.name for path in (state / INDEX_FOLDER).iterdir() if path.is_dir()}


def _other_content(fixtures: Path, folder: Path) -> Path:
    """The fixture sheets with another summary of the hairdresser."""
    shutil.copytree(fixtures / "content", folder)
    for page in (folder / "metiers").iterdir():
        text = page.read_text(encoding="utf-8")
        page.write_text(re.sub(r"(id: coiffeur\n(?:.*\n)*?  summary: ).*", r"\1Il coupe court.", text), encoding="utf-8")
    return folder


def test_questions_are_answered_without_a_gap_while_the_index_is_rebuilt(
    kb: KnowledgeBase, fixtures: Path, tmp_path: Path
) -> None:
    stop, found = threading.Event(), []

    def ask() -> None:
        while not stop.is_set():
            found.append([hit.id for hit in kb.search("coiffeuse").results][:1])

    people = [threading.Thread(target=ask) for _ in range(3)]
    for person in people:
        person.start()
    versions = {kb.version}
    for number in range(ROUNDS):
        correct(kb.engine, "metier", "coiffeur", {"summary": f"Il coupe les cheveux, {number}."}, "account-1")
        if number == 1:
            load_folder(kb.engine, _other_content(fixtures, tmp_path / "other"))
        assert kb.refresh_if_changed() is True
        versions.add(kb.version)
    stop.set()
    for person in people:
        person.join()
    assert len(versions) == ROUNDS + 1
    assert found and all(first == ["coiffeur"] for first in found)
    assert kb.search("coiffeuse").results[0].text == f"Il coupe les cheveux, {ROUNDS - 1}."


def test_a_rebuild_that_fails_leaves_the_old_index_and_no_rest(
    kb: KnowledgeBase, fixtures: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OSError("no space left")

    load_folder(kb.engine, _other_content(fixtures, tmp_path / "other"))
    monkeypatch.setattr(IndexFiles, "close", broken)
    with pytest.raises(OSError, match="no space"):
        kb.refresh_if_changed()
    assert kb.search("coiffeuse").results[0].id == "coiffeur"
    home = tmp_path / "state" / INDEX_FOLDER
    assert [path.name for path in home.iterdir() if path.name.startswith(".")] == []
    monkeypatch.undo()
    assert kb.refresh_if_changed() is True
    assert kb.search("coiffeuse").results[0].text == "Il coupe court."


def test_corrected_sheets_are_answered_from_without_a_new_index(kb: KnowledgeBase, tmp_path: Path) -> None:
    before = _indexes(tmp_path / "state")
    correct(kb.engine, "structure", "ml-ouest", {"summary": "Ouverte le samedi.", "source": SOURCE}, "account-1")
    event = {"title": "Forum du paquebot", "summary": "Des métiers à bord.", "starts_on": "2027-03-04", "source": SOURCE}
    add_sheet(kb.engine, "evenement", event, "account-1")
    kb.refresh_soon()
    first = kb.search("mission locale caen").results[0]
    assert (first.id, first.text) == ("ml-ouest", "Ouverte le samedi.")
    assert [hit.id for hit in kb.search("mission locale caen").results].count("ml-ouest") == 1
    assert kb.search("forum du pakebot").results[0].id == "forum-du-paquebot"
    correct(kb.engine, "structure", "ml-ouest", {"retired": True}, "account-1")
    kb.refresh_soon()
    assert "ml-ouest" not in [hit.id for hit in kb.search("mission locale caen").results]
    place = kb.find_place("Caen")
    assert place is not None and "ml-ouest" not in [hit.id for hit in kb.structures_for(place)]
    assert _indexes(tmp_path / "state") == before


def test_a_withdrawn_trade_gives_its_names_back_in_a_new_index(kb: KnowledgeBase, tmp_path: Path) -> None:
    before = _indexes(tmp_path / "state")
    correct(kb.engine, "metier", "coiffeur", {"retired": True}, "account-1")
    assert kb.refresh_if_changed() is True
    assert "coiffeur" not in [hit.id for hit in kb.search("coiffeuse").results]
    assert _indexes(tmp_path / "state") != before


def test_a_database_put_back_to_an_earlier_day_is_not_answered_from_later_corrections(kb: KnowledgeBase, tmp_path: Path) -> None:
    before = kb.search("coiffeuse").results[0].text
    correct(kb.engine, "metier", "coiffeur", {"summary": "Il coupe court."}, "account-1")
    kb.refresh_if_changed()
    again = KnowledgeBase.open(str(kb.engine.url.render_as_string(hide_password=False)), tmp_path / "state", shipped=False)
    with kb.engine.begin() as connection:
        connection.execute(delete(ChangeRow))
        connection.execute(update(SheetRow).where(SheetRow.id == "coiffeur").values(summary=before))
        bump_corrected(connection)
    for base in (kb, again):
        base.refresh_if_changed()
        assert base.search("coiffeuse").results[0].text == before
    again.close()
