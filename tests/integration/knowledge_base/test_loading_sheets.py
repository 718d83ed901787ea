"""Loading the agency's own folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.errors import ContentError
from knowledge_base.loader import load_folder


def test_a_second_load_changes_nothing(kb: KnowledgeBase, fixtures: Path) -> None:
    version = kb.version
    report = load_folder(kb.engine, fixtures / "content")
    assert (report.added, report.changed, report.retired, report.unchanged) == (0, 0, 0, 8)
    assert kb.refresh_if_changed() is False and kb.version == version


def test_a_changed_sheet_is_answered_from_after_a_refresh(kb: KnowledgeBase, fixtures: Path, tmp_path: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(fixtures / "content", folder)
    page = folder / "metiers" / "soins.yml"
    page.write_text(page.read_text(encoding="utf-8").replace("coupe et coiffe", "taille"), encoding="utf-8")
    assert load_folder(kb.engine, folder).changed == 1
    assert kb.refresh_if_changed() is True
    assert kb.search("coiffeur").results[0].text == "Le coiffeur taille les cheveux."


def test_a_sheet_that_left_the_folder_is_retired_and_no_longer_found(kb: KnowledgeBase, tmp_path: Path, fixtures: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(fixtures / "content", folder)
    load_folder(kb.engine, folder)
    (folder / "termes" / "sigles.yml").unlink()
    assert load_folder(kb.engine, folder).retired == 2
    kb.refresh_if_changed()
    assert kb.sheet("terme", "mco") is None
    assert [hit.id for hit in kb.search("bts mco").results if hit.kind == "terme"] == []


def test_a_mistake_is_reported_with_its_line_and_the_former_sheet_stays(
    kb: KnowledgeBase, tmp_path: Path, fixtures: Path
) -> None:
    folder = tmp_path / "own"
    shutil.copytree(fixtures / "content", folder)
    page = folder / "metiers" / "soins.yml"
    page.write_text(page.read_text(encoding="utf-8").replace("riasec: RA", "riasec: XYZ"), encoding="utf-8")
    report = load_folder(kb.engine, folder)
    assert {rejection.line for rejection in report.rejected} == {10}
    assert report.retired == 0
    assert kb.sheet("metier", "coiffeur") is not None


def test_an_unreadable_file_retires_nothing(kb: KnowledgeBase, tmp_path: Path, fixtures: Path) -> None:
    folder = tmp_path / "own"
    shutil.copytree(fixtures / "content", folder)
    load_folder(kb.engine, folder)
    (folder / "metiers" / "soins.yml").write_text("- id: [", encoding="utf-8")
    report = load_folder(kb.engine, folder)
    assert report.rejected_count == 1 and report.retired == 0


def test_a_missing_folder_is_refused(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        load_folder(empty_kb.engine, tmp_path / "nowhere")


def test_the_agency_s_sheet_wins_over_the_shipped_one(empty_kb: KnowledgeBase, fixtures: Path, tmp_path: Path) -> None:
    load_folder(empty_kb.engine, fixtures / "content")
    shipped = tmp_path / "shipped"
    shutil.copytree(fixtures / "content", shipped)
    report = load_folder(empty_kb.engine, shipped, origin="shipped")
    assert report.kept == 8 and report.added == 0
    sheet = empty_kb.sheet("metier", "coiffeur")
    assert sheet is not None and sheet.origin == "own"
