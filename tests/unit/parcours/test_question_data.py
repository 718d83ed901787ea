"""The labelled messages of `data/questions/` are checked line by line, and each label names a sheet that exists."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from knowledge_base.yaml_sheets import read_file, sheet_files
from parcours.paths import CONTENT, ROOT
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


def test_every_label_names_a_shipped_sheet() -> None:
    shipped = {f"{path.relative_to(CONTENT).parts[0]}/{sheet.values['id']}"
               for kind, path in sheet_files(CONTENT) for sheet in read_file(kind, path, path.name)}
    lines = (ROOT / "data" / "questions" / "lessons.jsonl").read_text(encoding="utf-8").splitlines()
    named = {sheet for line in lines for need in json.loads(line)["needs"] for sheet in need["sheets"]}
    assert len(named) > 900 and named <= shipped
