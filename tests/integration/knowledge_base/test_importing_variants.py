"""Published files written otherwise: read right, or reported with their line; nothing dropped in silence."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.importers import IMPORTERS
from knowledge_base.report import Report

_HEAD = '<?xml version="1.0" encoding="UTF-8"?><lheo xmlns="http://www.lheo.org/{}"><offres>'
_TOWNS = {"Caen": "14000", "Dieppe": "76200", "Évreux": "27000"}


def _home(town: str) -> str:
    return (f"<lieu-de-formation><coordonnees><adresse><codepostal>{_TOWNS[town]}</codepostal><ville>{town}</ville></adresse>"
            "</coordonnees></lieu-de-formation>")


def _formation(title: str, actions: str, level: str = "4", number: str = "") -> str:
    return (f'<formation{number}><intitule-formation>{title}</intitule-formation><code-niveau-sortie>{level}</code-niveau-sortie>'
            f"{actions}</formation>")


def _lheo(kb: KnowledgeBase, folder: Path, *formations: str, version: str = "2.2") -> Report:
    file = folder / "offre.xml"
    file.write_text(_HEAD.format(version) + "\n".join(formations) + "</offres></lheo>", "utf-8")
    report = IMPORTERS["lheo"](kb.engine, file, None)
    kb.refresh_if_changed()
    return report


def _towns(kb: KnowledgeBase, words: str) -> set[str]:
    return {str(hit.title) + "|" + str(kb.sheet("formation", hit.id).data.commune_name)  # type: ignore[union-attr]
            for hit in kb.search(words, kind="formation").results}


def test_lheo_actions_without_or_with_the_same_number_are_all_kept(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    report = _lheo(
        empty_kb, tmp_path,
        _formation("CAP coiffure", f"<action>{_home('Caen')}</action><action>{_home('Dieppe')}</action>"),
        _formation("CAP boulanger", f'<action numero="1">{_home("Caen")}</action>'),
        _formation("CAP fleuriste", f'<action numero="1">{_home("Caen")}</action>'))
    assert (report.read, report.added, report.rejected_count) == (4, 4, 0)
    again = _lheo(
        empty_kb, tmp_path,
        _formation("CAP fleuriste", f'<action numero="1">{_home("Caen")}</action>'),
        _formation("CAP boulanger", f'<action numero="1">{_home("Caen")}</action>'),
        _formation("CAP coiffure", f"<action>{_home('Dieppe')}</action><action>{_home('Caen')}</action>"))
    assert (again.added, again.changed, again.retired) == (0, 0, 0)


def test_lheo_an_action_repeated_is_reported_with_its_line(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    same = _formation("CAP coiffure", f"<action>{_home('Caen')}</action>")
    report = _lheo(empty_kb, tmp_path, same, same)
    assert (report.added, report.rejected_count) == (1, 1)
    assert "offre.xml:2" in str(report.rejected[0]) and "répétée" in str(report.rejected[0])


def test_lheo_every_place_of_an_action_is_a_course(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    action = f'<action numero="A1">{_home("Caen")}{_home("Dieppe")}</action>'
    report = _lheo(empty_kb, tmp_path, _formation("CAP coiffure", action), version="2.3")
    assert report.added == 2
    assert empty_kb.sheet("formation", "lheo-a1") is not None
    assert {town.split("|")[1] for town in _towns(empty_kb, "coiffure")} == {"Caen", "Dieppe"}


@pytest.mark.parametrize(("code", "level"), [("4", 3), ("8", 7), ("13", 3), ("14", 4), ("15", 5), ("16", 6), ("17", 7), ("18", 8),
                                             ("11", None), ("0", None)])
def test_lheo_levels_of_both_tables(empty_kb: KnowledgeBase, tmp_path: Path, code: str, level: int | None) -> None:
    _lheo(empty_kb, tmp_path, _formation("Coiffure", f'<action numero="A1">{_home("Caen")}</action>', code))
    assert empty_kb.sheet("formation", "lheo-a1").data.level == level  # type: ignore[union-attr]


@pytest.mark.parametrize(("title", "inside", "apprenticeship"), [
    ("CAP coiffure", "<modalites-alternance>pas d'alternance</modalites-alternance>", False),
    ("CAP coiffure", "<modalites-alternance>Sans alternance</modalites-alternance>", False),
    ("Apprentissage du français", "<modalites-alternance>-</modalites-alternance>", False),
    *(("CAP coiffure", f"<modalites-alternance>{said}</modalites-alternance>", False) for said in (
        "Alternance : non", "Formation non alternée", "hors contrat d'apprentissage", "apprentissage impossible",
        "Cette formation n'est pas proposée en apprentissage", "ni apprentissage ni professionnalisation")),
    *(("CAP coiffure", f"<modalites-alternance>{said}</modalites-alternance>", True) for said in (
        "En apprentissage", "En apprentissage, sans hébergement", "Hébergement : non ; apprentissage : oui",
        "Formation non diplômante en alternance", "contrat de professionnalisation")),
    ("CAP coiffure",
     "<session><alternance><type-alternance>Contrat d'apprentissage</type-alternance></alternance></session>", True),
])
def test_lheo_work_and_study_is_read_where_it_is_written(
    empty_kb: KnowledgeBase, tmp_path: Path, title: str, inside: str, apprenticeship: bool
) -> None:
    _lheo(empty_kb, tmp_path, _formation(title, f'<action numero="A1">{inside}{_home("Caen")}</action>'))
    rhythms = empty_kb.sheet("formation", "lheo-a1").data.rhythms  # type: ignore[union-attr]
    assert ("apprentissage" in rhythms) is apprenticeship


_RNCP = "Code_Diplome;Intitulé diplôme (DEPP);Code_RNCP;Niveau fiche RNCP;Date d'échéance de la fiche RNCP\n"


@pytest.mark.parametrize(("written", "until"), [
    ("31/12/2020", date(2020, 12, 31)), ("2020-12-31", date(2020, 12, 31)), ("2020-12-31 00:00:00", date(2020, 12, 31)),
    ("44196", date(2020, 12, 31)), ("NR", None)])
def test_rncp_dates_are_read_in_every_form(empty_kb: KnowledgeBase, tmp_path: Path, written: str, until: date | None) -> None:
    file = tmp_path / "rncp.csv"
    file.write_text(f"{_RNCP}50033216;COIFFURE (CAP);RNCP37537;NIV3;{written}\n", "utf-8")
    report = IMPORTERS["rncp"](empty_kb.engine, file, None)
    empty_kb.refresh_if_changed()
    sheet = empty_kb.sheet("formation", "rncp-37537")
    assert (sheet.valid_until if sheet else None, report.notes) == (until, [])


def test_an_rncp_date_that_cannot_be_read_is_told_with_its_line(empty_kb: KnowledgeBase, tmp_path: Path) -> None:
    file = tmp_path / "rncp.csv"
    file.write_text(f"{_RNCP}50033216;COIFFURE (CAP);RNCP37537;NIV3;fin 2020\n", "utf-8")
    report = IMPORTERS["rncp"](empty_kb.engine, file, None)
    assert "rncp.csv:2" in str(report.notes[0]) and "fin 2020" in str(report.notes[0])


@pytest.mark.parametrize("text", [
    "sep=;\n" + _RNCP + "50033216;COIFFURE (CAP);RNCP37537;NIV3;\n",
    _RNCP.replace("Niveau fiche RNCP", '"Niveau fiche\nRNCP"') + "50033216;COIFFURE (CAP);RNCP37537;NIV3;\n"])
def test_a_separator_line_and_a_header_on_two_lines_are_read(empty_kb: KnowledgeBase, tmp_path: Path, text: str) -> None:
    file = tmp_path / "rncp.csv"
    file.write_text(text, "utf-8")
    assert IMPORTERS["rncp"](empty_kb.engine, file, None).added == 1
    file.write_text(text + "50033217;CUISINE (CAP);faux;NIV3;\n", "utf-8")
    (wrong,) = IMPORTERS["rncp"](empty_kb.engine, file, None).rejected
    assert wrong.line == 4
