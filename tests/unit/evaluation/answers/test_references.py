"""A sheet is one by whatever name a label gives it, and a merged one is where it went."""

from __future__ import annotations

from pathlib import Path

import pytest

from evaluation.answers.references import Sheets
from tests.unit.evaluation.answers.people import SHEETS


def test_a_folder_and_a_kind_are_one() -> None:
    assert SHEETS.reference("metiers/coiffeur") == SHEETS.reference("metier/coiffeur") == "metier/coiffeur"
    assert SHEETS.knows("metiers/coiffeur") and SHEETS.knows("termes/cpf-terme") and not SHEETS.knows("metiers/licorne")


@pytest.mark.parametrize(("text", "named"), [("La coiffeuse coupe.", True), ("Un COIFFEUR", True), ("des coiffeurs-là", False)])
def test_a_sheet_is_named_by_either_gender(text: str, named: bool) -> None:
    assert SHEETS.is_named("metiers/coiffeur", text) == named


def test_a_short_title_names_nothing() -> None:
    assert not SHEETS.is_named("dispositifs/cpf", "Le CPF sert à cela.")


def test_redirects_are_followed_to_the_end_and_never_for_ever(tmp_path: Path) -> None:
    (tmp_path / "metiers").mkdir()
    (tmp_path / "metiers" / "a.yml").write_text("- {id: c, title: C}\n", encoding="utf-8")
    moved = "metiers/a: metiers/b\nmetier/b: c\nmetiers/x: metiers/y\nmetiers/y: metiers/x\n"
    (tmp_path / "redirects.yml").write_text(moved, encoding="utf-8")
    sheets = Sheets.shipped(tmp_path)
    assert sheets.reference("metiers/a") == "metier/c" and sheets.reference("metiers/x") in {"metier/x", "metier/y"}
