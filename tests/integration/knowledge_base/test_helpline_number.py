"""Sheets name the helpline without its number; people read the number of the settings, or words when there is none."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge_base import KnowledgeBase
from knowledge_base.loader import load_folder

SHEET = {
    "id": "ligne",
    "title": "La ligne Parcours",
    "summary": "Une ligne gratuite : appelez le {helpline_number}.",
    "how": "Appelez le {helpline_number}.",
    "where": "Au {helpline_number}.",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "content" / "services").mkdir(parents=True)
    (tmp_path / "content" / "services" / "ligne.yml").write_text(yaml.safe_dump([SHEET]), encoding="utf-8")
    return tmp_path


def _read_everywhere(folder: Path, helpline_number: str | None) -> str:
    url = f"sqlite:///{folder / 'knowledge.sqlite3'}"
    kb = KnowledgeBase.open(url, folder / "state", shipped=False, helpline_number=helpline_number)
    load_folder(kb.engine, folder / "content")
    kb.refresh_if_changed()
    sheet = kb.sheet("service", "ligne")
    assert sheet is not None
    hits = [*kb.search("ligne parcours").results, *kb.link("la ligne parcours")]
    assert hits
    said = [sheet.model_dump_json(), str(sheet.sections()), str(sheet.to_card()), *(str(hit.to_card()) for hit in hits)]
    kb.close()
    return "\n".join(said)


def test_the_number_of_the_settings_stands_wherever_a_sheet_is_read(folder: Path) -> None:
    said = _read_everywhere(folder, "0 800 05 00 00")
    assert "appelez le 0 800 05 00 00." in said
    assert "Au 0 800 05 00 00." in said
    assert "{helpline_number}" not in said


def test_an_installations_own_number_replaces_the_public_one(folder: Path) -> None:
    path = folder / "content" / "services" / "ligne.yml"
    path.write_text(path.read_text(encoding="utf-8").replace("{helpline_number}", "0 800 05 00 00"), encoding="utf-8")
    said = _read_everywhere(folder, "0 800 11 11 11")
    assert "appelez le 0 800 11 11 11." in said and "0 800 05 00 00" not in said


@pytest.mark.parametrize("none", [None, ""])
def test_without_a_number_the_sentence_still_reads(folder: Path, none: str | None) -> None:
    said = _read_everywhere(folder, none)
    assert "appelez le numéro vert de la Région." in said
    assert "Au numéro vert de la Région." in said
    assert "{helpline_number}" not in said
