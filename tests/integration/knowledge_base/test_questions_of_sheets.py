"""The questions that sheets know lie in files of their own: given to their sheet, or refused by name."""

from __future__ import annotations

import shutil
from pathlib import Path

from knowledge_base import KnowledgeBase
from knowledge_base.check import check_content
from knowledge_base.loader import load_folder

ITEM = """
- sheet: {sheet}
  questions:
    - asks: [c est paye combien coiffeuse, combien gagne un coiffeur]
      point: {point}
      answer: Au début, le minimum de la branche.
"""


def _with_questions(fixtures: Path, tmp_path: Path, sheet: str = "metier/coiffeur", point: str = "pay") -> Path:
    folder = tmp_path / "own"
    shutil.copytree(fixtures / "content", folder)
    (folder / "questions").mkdir()
    (folder / "questions" / "metiers.yml").write_text(ITEM.format(sheet=sheet, point=point), encoding="utf-8")
    return folder


def test_a_sheet_has_the_questions_written_for_it(kb: KnowledgeBase, fixtures: Path, tmp_path: Path) -> None:
    assert load_folder(kb.engine, _with_questions(fixtures, tmp_path)).rejected_count == 0
    sheet = kb.sheet("metier", "coiffeur")
    assert sheet is not None
    assert [(item.point, item.answer) for item in sheet.questions] == [("pay", "Au début, le minimum de la branche.")]


def test_questions_of_a_sheet_that_does_not_exist_are_refused_by_name(
    kb: KnowledgeBase, fixtures: Path, tmp_path: Path
) -> None:
    report = load_folder(kb.engine, _with_questions(fixtures, tmp_path, sheet="metier/licorne"))
    assert [(rejection.file, rejection.record) for rejection in report.rejected] == [("questions/metiers.yml", "metier/licorne")]


def test_questions_and_links_of_a_merged_sheet_are_those_of_the_sheet_it_joined(
    kb: KnowledgeBase, fixtures: Path, tmp_path: Path
) -> None:
    folder = _with_questions(fixtures, tmp_path, sheet="terme/cpf-terme")
    (folder / "dispositifs").mkdir()
    (folder / "dispositifs" / "cpf.yml").write_text("- {id: cpf, title: CPF, summary: Une réserve.}\n", encoding="utf-8")
    (folder / "termes" / "oeil.yml").write_text(
        "- {id: oeil, title: Voir, summary: Voir ailleurs., see: [terme/cpf-terme]}\n", encoding="utf-8"
    )
    assert load_folder(kb.engine, folder).rejected_count == 0
    sheet = kb.sheet("terme", "cpf-terme")
    assert sheet is not None and (sheet.kind, sheet.id, len(sheet.questions)) == ("dispositif", "cpf", 1)
    assert check_content(folder).errors == []


def test_a_point_outside_the_closed_list_is_refused_in_french(kb: KnowledgeBase, fixtures: Path, tmp_path: Path) -> None:
    report = load_folder(kb.engine, _with_questions(fixtures, tmp_path, point="salaire"))
    assert "point inconnu : « salaire »" in report.rejected[0].reason
