"""The importers, on small hand-written files in the published formats."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.errors import ImportRefused
from knowledge_base.importers import IMPORTERS
from knowledge_base.own_titles import imported_titles
from knowledge_base.report import Report

# name → (file, records read, added, rejected)
FILES = {
    "rome": ("rome", 9, 10, 1),
    "onisep": ("onisep.csv", 2, 1, 1),
    "certifinfo": ("certifinfo.csv", 6, 2, 2),
    "rncp": ("rncp.csv", 4, 2, 1),
    "lheo": ("lheo.xml", 3, 2, 1),
    "communes": ("communes.csv", 4, 1, 1),
    "epci": ("epci.json", 2, 2, 1),
    "bassins": ("bassins.csv", 2, 2, 0),
    "prc": ("prc.json", 2, 1, 1),
}


def _import(kb: KnowledgeBase, name: str, path: Path) -> Report:
    report = IMPORTERS[name](kb.engine, path, None)
    kb.refresh_if_changed()
    return report


@pytest.mark.parametrize("name", sorted(FILES))
def test_a_file_is_imported_and_a_second_import_changes_nothing(empty_kb: KnowledgeBase, fixtures: Path, name: str) -> None:
    file, read, added, rejected = FILES[name]
    first = _import(empty_kb, name, fixtures / file)
    assert (first.read, first.added, first.rejected_count) == (read, added, rejected)
    again = _import(empty_kb, name, fixtures / file)
    assert (again.added, again.changed, again.retired) == (0, 0, 0)


@pytest.mark.parametrize("name", sorted(set(FILES) - {"rome"}))
def test_a_truncated_file_is_refused_and_nothing_of_it_stays(
    empty_kb: KnowledgeBase, fixtures: Path, tmp_path: Path, name: str
) -> None:
    version = empty_kb.version
    content = (fixtures / FILES[name][0]).read_bytes()
    cut = tmp_path / FILES[name][0]
    last_line = content.rstrip(b"\n").rindex(b"\n")
    cut.write_bytes(content[: last_line + 6])
    with pytest.raises(ImportRefused):
        IMPORTERS[name](empty_kb.engine, cut, None)
    assert empty_kb.refresh_if_changed() is False and empty_kb.version == version


@pytest.mark.parametrize("name", sorted(set(FILES) - {"rome"}))
def test_a_corrupted_file_is_refused_with_its_line(empty_kb: KnowledgeBase, fixtures: Path, tmp_path: Path, name: str) -> None:
    content = (fixtures / FILES[name][0]).read_bytes()
    bad = tmp_path / FILES[name][0]
    middle = content.index(b"\n", len(content) // 2) + 1
    bad.write_bytes(content[:middle] + b"\x00\x01\x02" + content[middle:])
    with pytest.raises(ImportRefused) as refusal:
        IMPORTERS[name](empty_kb.engine, bad, None)
    assert refusal.value.line == content[:middle].count(b"\n") + 1


def test_a_trade_title_without_its_code_row_is_kept_and_reported(empty_kb: KnowledgeBase, fixtures: Path) -> None:
    report = _import(empty_kb, "rome", fixtures / "rome")
    assert [note.record for note in report.notes] == ["L1510"]
    assert empty_kb.search("animatrice 3d").results[0].rome == ["L1510"]


def test_rome_titles_lead_to_the_agency_s_sheet_and_to_one_card_only(kb: KnowledgeBase, fixtures: Path) -> None:
    _import(kb, "rome", fixtures / "rome")
    assert [hit.id for hit in kb.link("jve devenir coiffeuse mixte cmt faire", ["metier"])] == ["coiffeur"]
    sheet = kb.sheet("metier", "coiffeur")
    assert sheet is not None and sheet.origin == "own"


def test_a_trade_known_only_from_rome_bears_the_name_that_was_typed(kb: KnowledgeBase, fixtures: Path) -> None:
    _import(kb, "rome", fixtures / "rome")
    hit = kb.search("couvreuse zingueur").results[0]
    assert (hit.title, hit.subtitle) == ("Couvreur / Couvreuse zingueur", "Pose de couvertures")


def test_neighbours_are_close_trades_first(kb: KnowledgeBase, fixtures: Path) -> None:
    _import(kb, "rome", fixtures / "rome")
    assert [hit.rome for hit in kb.neighbours("D1202")] == [["A1501"], ["F1610"]]


def test_doubled_apostrophes_are_undone(empty_kb: KnowledgeBase, fixtures: Path) -> None:
    _import(empty_kb, "rome", fixtures / "rome")
    sheet = empty_kb.sheet("metier", "f1610")
    assert sheet is not None and "d'un toit" in dict(sheet.sections())["Ce qu’on y fait"]


def test_a_title_that_left_the_file_is_retired(empty_kb: KnowledgeBase, fixtures: Path, tmp_path: Path) -> None:
    _import(empty_kb, "rome", fixtures / "rome")
    for path in (fixtures / "rome").iterdir():
        text = "\n".join(line for line in path.read_text(encoding="utf-8").split("\n") if "zingueur" not in line)
        (tmp_path / path.name).write_text(text, encoding="utf-8")
    assert _import(empty_kb, "rome", tmp_path).retired == 2


def test_an_imported_diploma_does_not_double_the_agency_s(kb: KnowledgeBase, fixtures: Path) -> None:
    _import(kb, "certifinfo", fixtures / "certifinfo.csv")
    _import(kb, "rncp", fixtures / "rncp.csv")
    assert [hit.id for hit in kb.search("CAP métiers de la coiffure", kind="formation").results] == ["cap-coiffure"]
    assert [hit.id for hit in kb.search("bts nuages", kind="formation").results][:1] == ["ci-102"]


def test_courses_are_found_by_distance(kb: KnowledgeBase, fixtures: Path) -> None:
    _import(kb, "lheo", fixtures / "lheo.xml")
    near = kb.search("cap coiffure en un an", kind="formation", near="Dieppe", radius_km=20)
    assert [(hit.id, hit.level) for hit in near.results] == [("lheo-a1", "offre")]
    sheet = kb.sheet("formation", "lheo-a1")
    assert sheet is not None and sheet.card_level == "offre"
    assert dict(sheet.sections())["Organisme"] == "Centre d'essai"


def test_an_external_entity_is_never_read(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("ne pas lire", encoding="utf-8")
    bad = tmp_path / "bad.xml"
    bad.write_text(
        f'<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY x SYSTEM "file://{secret}">]>'
        '<lheo><offres><formation numero="1"><intitule-formation>&x;</intitule-formation>'
        '<action numero="1"/></formation></offres></lheo>',
        encoding="utf-8",
    )
    with pytest.raises(ImportRefused, match="DOCTYPE"):
        IMPORTERS["lheo"](empty_kb.engine, bad, None)


def test_entities_that_explode_are_refused(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    levels = "".join(f'<!ENTITY e{level} "{f"&e{level - 1};" * 10}">' for level in range(1, 10))
    bomb = tmp_path / "bomb.xml"
    bomb.write_text(
        f'<?xml version="1.0"?><!DOCTYPE lheo [<!ENTITY e0 "boum">{levels}]>'
        '<lheo><offres><formation numero="1"><intitule-formation>&e9;</intitule-formation>'
        '<action numero="1"/></formation></offres></lheo>',
        encoding="utf-8",
    )
    with pytest.raises(ImportRefused):
        IMPORTERS["lheo"](empty_kb.engine, bomb, None)
    assert empty_kb.sheet("formation", "lheo-1") is None


def test_places_get_their_codes_epci_and_area(empty_kb: KnowledgeBase, fixtures: Path) -> None:
    for name in ("communes", "epci", "bassins"):
        _import(empty_kb, name, fixtures / FILES[name][0])
    place = empty_kb.find_place("près de Vieux-Bourg")
    assert place is not None
    assert (place.name, place.code, place.epci, place.bassin) == ("Sainte-Marie-du-Lac", "14999", "200000001", "2817")
    lake = empty_kb.find_place("CC du Lac")
    assert lake is not None and lake.kind == "epci"


def test_the_titles_of_imported_trades_are_those_names_are_checked_against(empty_kb: KnowledgeBase, fixtures: Path) -> None:
    assert imported_titles(empty_kb.engine) == {}
    _import(empty_kb, "rome", fixtures / "rome")
    _import(empty_kb, "onisep", fixtures / "onisep.csv")
    titles = imported_titles(empty_kb.engine)
    assert titles["coiffeuse"] == titles["artiste de nuages"] == frozenset({"D1202"})
