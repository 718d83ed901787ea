"""The labelled messages of `data/questions/` are checked line by line, and each label names a sheet that exists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evaluation.answers.listed import LISTS, list_path, read_list
from evaluation.answers.references import Sheets
from parcours.paths import ROOT
from parcours.question_data import question_problems

NEED = {"what": "CAP boulanger", "point": "where", "place": True, "sheets": ["formations/cap-boulanger"]}
GOOD = {"id": "a001", "voice": "père", "message": "…", "good_answer": "…", "scope": "in", "needs": [NEED]}


def _faults(tmp_path: Path, *entries: object) -> str:
    path = tmp_path / "a.jsonl"
    lines = [entry if isinstance(entry, str) else json.dumps(entry) for entry in entries]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return "\n".join(question_problems(path, Path("data/questions/a.jsonl")))


def test_a_good_line_is_accepted(tmp_path: Path) -> None:
    assert _faults(tmp_path, GOOD) == ""


@pytest.mark.parametrize(("entry", "fault"), [
    ("pas du json", "ligne 2 : ce n'est pas du JSON."),
    (["a"], "ligne 2 : il manque un objet."),
    ({"id": "b"}, "il manque voice, message, good_answer, scope, needs."),
    (GOOD, "« a001 » sert deux fois"),
    ({**GOOD, "id": "b", "scope": "ailleurs"}, "« scope » vaut l'un de : in, out, person."),
    ({**GOOD, "id": "b", "needs": [{"what": "…"}]}, "un besoin n'a pas point, place, sheets."),
    ({**GOOD, "id": "b", "needs": [{**NEED, "sheets": ["cap-boulanger"]}]}, "n'est pas une fiche"),
], ids=str)
def test_a_fault_is_named_with_its_line(tmp_path: Path, entry: object, fault: str) -> None:
    assert fault in _faults(tmp_path, GOOD, entry)


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    assert "seuls des fichiers .jsonl" in "".join(question_problems(tmp_path / "a.yml", Path("data/questions/a.yml")))


@pytest.mark.parametrize("path", sorted((ROOT / "data" / "questions").glob("*.jsonl")), ids=lambda path: path.stem)
def test_every_label_names_a_shipped_sheet_or_one_that_went_elsewhere(path: Path) -> None:
    sheets, lines = Sheets.shipped(), path.read_text(encoding="utf-8").splitlines()
    named = {sheet for line in lines for need in json.loads(line)["needs"] for sheet in need["sheets"]}
    assert named and [sheet for sheet in sorted(named) if not sheets.knows(sheet)] == []


@pytest.mark.parametrize("name", LISTS)
def test_every_label_of_a_list_does_so_too(name: str) -> None:
    sheets = Sheets.shipped()
    named = {sheet for one in read_list(list_path(name)) for need in one.needs for sheet in need.sheets}
    assert named and [sheet for sheet in sorted(named) if not sheets.knows(sheet)] == []
