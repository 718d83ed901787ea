"""`kb check`: what editors are told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from knowledge_base.check import check_content

FIXTURES = Path(__file__).parents[2] / "fixtures" / "knowledge_base"


def _problems(folder: Path, text: str, kind: str = "metiers") -> list[str]:
    (folder / kind).mkdir()
    (folder / kind / "a.yml").write_text(text, encoding="utf-8")
    return [str(error) for error in check_content(folder, today=date(2026, 11, 24)).errors]


def test_sound_content_has_no_error() -> None:
    assert check_content(FIXTURES / "content").errors == []


def test_a_misspelt_field_is_named_with_its_line(tmp_path: Path) -> None:
    found = _problems(tmp_path, "- id: a\n  title: A\n  summary: Un métier.\n  sectoor: x\n")
    assert found == ["metiers/a.yml:4 (a) : sectoor : champ inconnu"]


def test_a_link_to_nowhere_is_an_error(tmp_path: Path) -> None:
    found = _problems(tmp_path, "- id: a\n  title: A\n  summary: Un métier.\n  related: [b]\n")
    assert found == ["metiers/a.yml:4 (a) : lien vers une fiche qui n’existe pas : metier/b"]


def test_amounts_phones_and_recruitment_need_a_source(tmp_path: Path) -> None:
    text = "- id: a\n  title: A\n  summary: On gagne 1 500 € et ça recrute.\n  does: Appelez le 02 00 00 00 00.\n"
    found = " ".join(_problems(tmp_path, text))
    assert "un montant sans source" in found
    assert "une promesse de recrutement sans source" in found
    assert "un numéro de téléphone sans source" in found


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("une date", "Le 12/03/2027 à Rouen."),
        ("un montant", "Jusqu’à mille euros."),
        ("un montant", "Au moins 27 % du Smic."),
        ("des horaires", "Ouvert le lundi dès 8 h 30."),
        ("un courriel", "Écrire à contact@exemple.fr."),
    ],
)
def test_a_fact_written_in_words_needs_a_source_too(claim: str, text: str, tmp_path: Path) -> None:
    found = _problems(tmp_path, f"- id: a\n  title: A\n  summary: {text}\n", "aides")
    assert len(found) == 1 and f"{claim} sans source" in found[0]


def test_an_answered_question_may_bring_its_own_source(tmp_path: Path) -> None:
    item = "  questions:\n    - {asks: [combien], point: pay, answer: Jusqu’à 100 €.%s}\n"
    source = ", source: {name: Service-Public, url: null, collected_on: 2026-11-01}"
    sheet = "- id: essai\n  title: Essai\n  summary: Un essai.\n"
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    assert "un montant sans source" in " ".join(_problems(tmp_path / "a", sheet + item % ""))
    assert "sans source" not in " ".join(_problems(tmp_path / "b", sheet + item % source))


ANNOUNCED = """- id: cafe
  title: Café des parents
  summary: %s
  source: {name: Communiqué, url: null, collected_on: 2019-06-20}
"""


@pytest.mark.parametrize("told", ["Le café a été lancé à la rentrée 2019.", "Il a eu lieu en mars 2020."])
def test_what_a_source_only_announced_is_not_told_as_done(told: str, tmp_path: Path) -> None:
    assert "dit comme fait" in " ".join(_problems(tmp_path, ANNOUNCED % told, "services"))


def test_what_a_source_announced_may_be_told_as_announced(tmp_path: Path) -> None:
    told = "La Région l’a annoncé pour la rentrée 2019. Il a eu lieu en mai 2019."
    assert _problems(tmp_path, ANNOUNCED % told, "services") == []


def test_a_merged_sheet_leads_to_one_that_exists_and_is_gone(tmp_path: Path) -> None:
    (tmp_path / "redirects.yml").write_text("terme/x: metier/nulle-part\nmetier/a: metier/b\n", encoding="utf-8")
    found = " ".join(_problems(tmp_path, "- id: a\n  title: A\n  summary: A.\n- id: b\n  title: B\n  summary: B.\n"))
    assert "terme/x mène à une fiche qui n’existe pas : metier/nulle-part" in found
    assert "metier/a a été réunie à metier/b, et existe encore" in found


def test_a_territory_that_does_not_exist_is_an_error(tmp_path: Path) -> None:
    found = _problems(tmp_path, '- id: a\n  title: A\n  summary: Un lieu.\n  type: cio\n  covers: ["99"]\n', "structures")
    assert len(found) == 1 and "« 99 »" in found[0]


def test_a_file_that_nobody_would_read_is_pointed_out(tmp_path: Path) -> None:
    (tmp_path / "fiche").mkdir()
    (tmp_path / "fiche" / "b.yml").write_text("- id: b\n", encoding="utf-8")
    _problems(tmp_path, "- id: a\n  title: A\n  summary: Un métier.\n")
    assert [warning.file for warning in check_content(tmp_path).warnings] == ["fiche/b.yml"]


def test_a_sourced_amount_is_accepted(tmp_path: Path) -> None:
    source = "  source: {name: Un texte lu, collected_on: 2026-11-01}\n"
    assert _problems(tmp_path, "- id: a\n  title: A\n  summary: On gagne 1 500 €.\n" + source) == []


def test_the_helpline_number_is_written_with_its_source_or_left_to_the_settings(tmp_path: Path) -> None:
    sheet = "- id: a\n  title: A\n  summary: Le 0 800 05 00 00.\n"
    bare, sourced = tmp_path / "bare", tmp_path / "sourced"
    bare.mkdir()
    sourced.mkdir()
    assert any("réglage" in problem for problem in _problems(bare, sheet))
    assert _problems(sourced, sheet + "  source: {name: Un texte lu, collected_on: 2026-11-01}\n") == []


def test_a_broken_file_is_reported_with_its_line_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "metiers").mkdir()
    (tmp_path / "metiers" / "b.yml").write_text("- id: b\n  title: B\n  summary: Un métier.\n", encoding="utf-8")
    found = _problems_of_two(tmp_path)
    assert found.sheets == 1
    assert str(found.errors[0]).startswith("metiers/a.yml:2 : YAML mal formé")


def _problems_of_two(folder: Path):  # type: ignore[no-untyped-def]
    (folder / "metiers" / "a.yml").write_text('- id: "a\n', encoding="utf-8")
    return check_content(folder)


def test_the_shipped_content_is_valid() -> None:
    assert [str(error) for error in check_content().errors] == []
