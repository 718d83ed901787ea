"""Corrections made in the console: checked, kept over loads, with their history, and taken back."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.editing.corrections import add_sheet, correct, undo
from knowledge_base.editing.history import changes
from knowledge_base.errors import CorrectionRefused
from knowledge_base.loader import load_folder

WHO = "account-1"
SOURCE = {"name": "Un appel à l’accueil", "collected_on": "2026-11-20"}


def _hours(kb: KnowledgeBase, sheet_id: str = "ml-ouest") -> str | None:
    sheet = kb.sheet("structure", sheet_id)
    assert sheet is not None
    return dict(sheet.sections()).get("Horaires")


def test_a_corrected_hour_is_answered_from_at_once(kb: KnowledgeBase) -> None:
    corrected = {"hours": "Le samedi, 9 h à 12 h", "summary": "Ouverte le samedi.", "source": SOURCE}
    assert correct(kb.engine, "structure", "ml-ouest", corrected, WHO)
    assert _hours(kb) == "Le samedi, 9 h à 12 h"
    assert kb.refresh_if_changed() is True
    assert kb.search("mission locale caen").results[0].text == "Ouverte le samedi."


def test_the_history_says_who_when_before_and_after(kb: KnowledgeBase) -> None:
    correct(kb.engine, "structure", "ml-ouest", {"closures": "Fermé le 24 décembre", "source": SOURCE}, WHO)
    correct(kb.engine, "structure", "ml-ouest", {"closures": None}, "account-2")
    newest, first = changes(kb.engine, "structure", "ml-ouest")
    assert (newest.by, newest.before, newest.after) == (
        "account-2", {"closures": "Fermé le 24 décembre"}, {"closures": None})  # fmt: skip
    assert first.by == WHO and first.before["closures"] is None and first.at <= newest.at


def test_a_correction_outlives_the_loads_of_the_files_and_an_undo_gives_the_file_back(
    kb: KnowledgeBase, fixtures: Path, tmp_path: Path
) -> None:
    before = kb.sheet("structure", "ml-ouest")
    correct(kb.engine, "structure", "ml-ouest", {"hours": "Le mardi", "source": SOURCE}, WHO)
    assert load_folder(kb.engine, fixtures / "content").changed == 0
    folder = tmp_path / "content"
    shutil.copytree(fixtures / "content", folder)
    for page in (folder / "structures").iterdir():
        page.write_text(page.read_text(encoding="utf-8").replace("title: Mission locale", "title: La mission locale"), "utf-8")
    load_folder(kb.engine, folder)
    after = kb.sheet("structure", "ml-ouest")
    assert after is not None and after.title.startswith("La mission locale") and _hours(kb) == "Le mardi"
    assert undo(kb.engine, changes(kb.engine)[0].number, WHO)
    undone = kb.sheet("structure", "ml-ouest")
    assert undone is not None and before is not None and undone.data == before.data and undone.source == before.source
    load_folder(kb.engine, fixtures / "content")
    assert kb.sheet("structure", "ml-ouest") == before


def test_an_undo_is_refused_when_somebody_changed_the_same_field_since(kb: KnowledgeBase) -> None:
    correct(kb.engine, "structure", "ml-ouest", {"hours": "Le mardi", "source": SOURCE}, WHO)
    correct(kb.engine, "structure", "ml-ouest", {"hours": "Le jeudi"}, WHO)
    newest, first = changes(kb.engine, "structure", "ml-ouest")
    with pytest.raises(CorrectionRefused, match="plus récente"):
        undo(kb.engine, first.number, WHO)
    undo(kb.engine, newest.number, WHO)
    assert _hours(kb) == "Le mardi"


def test_two_people_on_one_sheet_do_not_overwrite_each_other(kb: KnowledgeBase) -> None:
    correct(kb.engine, "structure", "ml-ouest", {"hours": "Le mardi", "source": SOURCE}, WHO, seen=0)
    with pytest.raises(CorrectionRefused, match="entre-temps"):
        correct(kb.engine, "structure", "ml-ouest", {"hours": "Le jeudi"}, "account-2", seen=0)


def test_an_hour_without_a_source_is_refused(kb: KnowledgeBase) -> None:
    with pytest.raises(CorrectionRefused, match="source"):
        correct(kb.engine, "structure", "ml-ouest", {"hours": "Le mardi", "source": None}, WHO)
    assert changes(kb.engine) == []


def test_an_invalid_value_is_refused_and_changes_nothing(kb: KnowledgeBase) -> None:
    version = kb.version
    with pytest.raises(CorrectionRefused, match="postcode"):
        correct(kb.engine, "structure", "ml-ouest", {"postcode": "14", "source": SOURCE}, WHO)
    assert correct(kb.engine, "structure", "ml-ouest", {}, WHO) is False
    assert kb.refresh_if_changed() is False and kb.version == version


def test_a_new_event_is_found_and_can_be_withdrawn_and_brought_back(kb: KnowledgeBase, fixtures: Path) -> None:
    event = {"title": "Forum du paquebot", "summary": "Des métiers à bord.", "starts_on": "2027-03-04", "source": SOURCE}
    sheet_id = add_sheet(kb.engine, "evenement", event, WHO)
    load_folder(kb.engine, fixtures / "content")
    kb.refresh_if_changed()
    assert kb.search("forum du paquebot").results[0].id == sheet_id == "forum-du-paquebot"
    undo(kb.engine, changes(kb.engine)[0].number, WHO)
    kb.refresh_if_changed()
    assert kb.sheet("evenement", sheet_id) is None and kb.search("forum du paquebot").results == []
    undo(kb.engine, changes(kb.engine)[0].number, WHO)
    assert kb.sheet("evenement", sheet_id) is not None


def test_a_second_sheet_of_the_same_title_is_refused(kb: KnowledgeBase) -> None:
    event = {"title": "Forum", "summary": "Des métiers.", "source": SOURCE}
    add_sheet(kb.engine, "evenement", event, WHO)
    with pytest.raises(CorrectionRefused, match="déjà"):
        add_sheet(kb.engine, "evenement", event, WHO)
