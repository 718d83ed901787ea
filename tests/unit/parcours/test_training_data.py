"""`parcours train` refuses data that Rasa would ignore, naming file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from parcours.errors import CommandFailed
from parcours.paths import ROOT
from parcours.training_data import check_training_data

GOOD = 'version: "3.1"\nnlu:\n  - intent: salutation\n    examples: |\n      - bonjour\n'


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    (tmp_path / "data" / "acts").mkdir(parents=True)
    (tmp_path / "domain.yml").write_text("intents:\n  - salutation\n", encoding="utf-8")
    return tmp_path


def _refusal(checkout: Path, name: str, content: str) -> str:
    (checkout / "data" / "acts" / name).write_text(content, encoding="utf-8")
    with pytest.raises(CommandFailed) as refused:
        check_training_data(checkout)
    return str(refused.value)


def test_good_data_is_accepted(checkout: Path) -> None:
    (checkout / "data" / "acts" / "a.yml").write_text(GOOD, encoding="utf-8")
    check_training_data(checkout)


def test_the_shipped_data_is_accepted() -> None:
    check_training_data(ROOT)


def test_an_undeclared_intent_is_refused_with_file_and_line(checkout: Path) -> None:
    message = _refusal(checkout, "a.yml", GOOD.replace("salutation", "salutations"))
    assert "data/acts/a.yml, ligne 3" in message and "« salutations »" in message


def test_an_intent_without_examples_is_refused(checkout: Path) -> None:
    message = _refusal(checkout, "a.yml", 'version: "3.1"\nnlu:\n  - intent: salutation\n    examples: bonjour\n')
    assert "ligne 3" in message and "n'a pas d'exemples" in message


def test_a_yaml_that_is_not_rasas_is_refused_instead_of_ignored(checkout: Path) -> None:
    assert "commence par « version »" in _refusal(checkout, "a.yml", "phrases:\n  - bonjour\n")


def test_broken_yaml_is_refused_with_its_line(checkout: Path) -> None:
    assert "data/acts/a.yml, ligne 3" in _refusal(checkout, "a.yml", 'version: "3.1"\nnlu:\n  - intent: a: b\n')


def test_a_file_of_another_kind_is_refused(checkout: Path) -> None:
    assert "seuls des fichiers .yml" in _refusal(checkout, "notes.txt", "à faire")


def test_latin1_is_refused_with_a_clear_sentence(checkout: Path) -> None:
    (checkout / "data" / "acts" / "a.yml").write_bytes("version: é".encode("latin-1"))
    with pytest.raises(CommandFailed, match="UTF-8"):
        check_training_data(checkout)


def test_a_list_of_distress_is_a_list_of_texts(checkout: Path) -> None:
    lists = checkout / "data" / "distress"
    lists.mkdir()
    (lists / "distress_a.yml").write_text('- {text: "au secours", family: danger}\n', encoding="utf-8")
    check_training_data(checkout)
    (lists / "distress_a.yml").write_text("- {texte: au secours}\n", encoding="utf-8")
    with pytest.raises(CommandFailed, match=r"distress_a\.yml, message 1 : « text » manque"):
        check_training_data(checkout)
