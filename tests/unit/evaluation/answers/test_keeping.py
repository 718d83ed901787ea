"""Figures are kept with how many messages they are of; a list only grows behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.answers.figures import list_figures
from evaluation.answers.keeping import OtherList, keep_run, kept_figures
from evaluation.answers.listed import Listed
from evaluation.answers.marks import marks_of
from tests.unit.evaluation.answers.people import SHEETS, answer, asking

ONE, OTHER = asking(), replace(asking(scope="out"), id="x-1", message="quel temps fera-t-il")


def _run(messages: Sequence[Listed]) -> dict[str, Any]:
    marked = [(one, marks_of(one, answer("metier/coiffeur"), SHEETS)) for one in messages]
    return {"date": "2026-11-30", "note": "essai", **list_figures(marked)}


def test_a_list_that_grew_behind_keeps_its_history(tmp_path: Path) -> None:
    keep_run("frozen", [ONE], _run([ONE]), folder=tmp_path)
    keep_run("frozen", [ONE, OTHER], _run([ONE, OTHER]), folder=tmp_path)
    assert [run["messages"] for run in kept_figures("frozen", tmp_path)["runs"]] == [1, 2]
    page = (tmp_path / "README.md").read_text("utf-8")
    assert "2 messages" in page and "| 2026-11-30 | essai | 1 |" in page and "| 2026-11-30 | essai | 2 |" in page


@pytest.mark.parametrize("changed", [[OTHER, ONE], [replace(ONE, message="autre chose"), OTHER]])
def test_other_texts_are_refused(tmp_path: Path, changed: list[Listed]) -> None:
    keep_run("frozen", [ONE], _run([ONE]), folder=tmp_path)
    with pytest.raises(OtherList):
        keep_run("frozen", changed, _run(changed), folder=tmp_path)
