"""The real published files, where they are at hand: `make test-open-data DIR=…`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.check import check_content
from knowledge_base.errors import ImportRefused
from knowledge_base.importers import IMPORTERS
from knowledge_base.own_titles import imported_titles, kept_titles

pytestmark = [pytest.mark.open_data]
ROOT = Path(os.environ.get("PARCOURS_OPEN_DATA", "../shared/open-data"))
FILES = {
    "rome": "rome-v347",
    "onisep": "onisep-extrait/ideo-metiers_onisep_extrait.csv",
    "certifinfo": "diplomes/certif_info.csv",
    "rncp": "diplomes/kit_apprentissage_20231218.csv",
    "lheo": "lheo/intercarif-extrait.xml",
    "communes": "territoire/laposte_hexasmal_normandie.csv",
    "epci": "territoire/epci_normandie.json",
    "bassins": "territoire/bassins_emploi_normandie.csv",
    "prc": "vae/points_relais_conseil_normandie.json",
}


@pytest.fixture
def published() -> Path:
    """The folder of published files; the command that asks for them must say where they are."""
    assert ROOT.is_dir(), f"no published files at {ROOT}"
    return ROOT


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_published_file_imports_and_a_second_import_changes_nothing(
    empty_kb: KnowledgeBase, published: Path, name: str
) -> None:
    first = IMPORTERS[name](empty_kb.engine, published / FILES[name], None)
    assert first.added > 0 and first.rejected_count == 0
    again = IMPORTERS[name](empty_kb.engine, published / FILES[name], None)
    assert (again.added, again.changed, again.retired) == (0, 0, 0)


@pytest.mark.parametrize("name", sorted(set(FILES) - {"rome"}))
def test_a_published_file_cut_in_the_middle_is_refused_whole(
    empty_kb: KnowledgeBase, published: Path, tmp_path: Path, name: str
) -> None:
    content = (published / FILES[name]).read_bytes()
    cut = tmp_path / Path(FILES[name]).name
    cut.write_bytes(content[: content.rindex(b"\n", 0, len(content) // 2) + 8])
    version = empty_kb.version
    with pytest.raises(ImportRefused):
        IMPORTERS[name](empty_kb.engine, cut, None)
    assert empty_kb.refresh_if_changed() is False and empty_kb.version == version


def test_every_trade_of_rome_is_there_with_all_its_titles(empty_kb: KnowledgeBase, published: Path) -> None:
    report = IMPORTERS["rome"](empty_kb.engine, published / FILES["rome"], None)
    assert report.read == 531 + 10_990
    assert "L1510" in {note.record for note in report.notes}
    titles = imported_titles(empty_kb.engine)
    assert titles == kept_titles()
    assert [error for error in check_content(titles=titles).errors if "autre métier" in error.reason] == []


@pytest.mark.parametrize("backend", ["sqlite"])  # what is learnt and indexed comes from the same rows: half a minute
def test_a_trade_of_rome_is_found_as_people_write(empty_kb: KnowledgeBase, published: Path) -> None:
    IMPORTERS["rome"](empty_kb.engine, published / FILES["rome"], None)
    empty_kb.refresh_if_changed()
    assert [hit.rome for hit in empty_kb.link("jve devenir coiffeuse cmt faire", ["metier"])] == [["D1202"]]


def test_a_rome_folder_with_a_cut_table_is_refused_whole(empty_kb: KnowledgeBase, published: Path, tmp_path: Path) -> None:
    folder = tmp_path / "rome"
    shutil.copytree(published / FILES["rome"], folder)
    titles = next(folder.glob("*referentiel_appellation*"))
    titles.chmod(0o644)
    content = titles.read_bytes()
    titles.write_bytes(content[: len(content) // 2])
    with pytest.raises(ImportRefused, match="ligne"):
        IMPORTERS["rome"](empty_kb.engine, folder, None)
    assert empty_kb.sheet("metier", "d1202") is None
