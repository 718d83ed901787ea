"""Sentences filed in the console reach the training data only when they read, name nobody and do no harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from parcours.errors import CommandFailed
from parcours.filed_sentences import FILE, add, examples_of

KNOWN = 'version: "3.1"\nnlu:\n- intent: question\n  examples: |\n    - mon fils ne va plus en cours\n'


@pytest.fixture
def acts(tmp_path: Path) -> Path:
    folder = tmp_path / "acts"
    folder.mkdir()
    (folder / "jeunes.yml").write_text(KNOWN, encoding="utf-8")
    return folder


def export(tmp_path: Path, *texts: str, intent: str = "question") -> Path:
    path = tmp_path / "export.yml"
    lines = "".join(f"    - {text}\n" for text in texts)
    path.write_text(f'version: "3.1"\nnlu:\n- intent: {intent}\n  examples: |\n{lines}', encoding="utf-8")
    return path


def test_new_sentences_are_added_once_and_those_known_are_not(acts: Path, tmp_path: Path) -> None:
    file = export(tmp_path, "mon fils ne va plus en cours", "elle a quitté le lycée")
    assert add(file, acts, lambda folder: 0.9).sentences == 1
    assert add(file, acts, lambda folder: 0.9).sentences == 0
    assert examples_of(acts / FILE) == {"question": ["elle a quitté le lycée"]}


def test_sentences_that_make_the_bot_understand_less_are_refused_unless_forced(acts: Path, tmp_path: Path) -> None:
    def measure(folder: Path) -> float:
        return 0.80 if (folder / FILE).exists() else 0.87

    with pytest.raises(CommandFailed, match=r"87.0% à 80.0%"):
        add(export(tmp_path, "bla bla"), acts, measure)
    assert not (acts / FILE).exists()
    assert add(export(tmp_path, "bla bla"), acts, measure, force=True).after == 0.80


@pytest.mark.parametrize("text", ["appelez le 06 12 34 56 78", "je m'appelle Louise Martin"])
def test_nothing_personal_goes_in(acts: Path, tmp_path: Path, text: str) -> None:
    with pytest.raises(CommandFailed, match="personnel"):
        add(export(tmp_path, text), acts, lambda folder: 1.0)


def test_an_unknown_act_or_a_file_that_does_not_read_is_refused(acts: Path, tmp_path: Path) -> None:
    with pytest.raises(CommandFailed, match="nulle_part"):
        add(export(tmp_path, "bonjour", intent="nulle_part"), acts, lambda folder: 1.0)
    bad = tmp_path / "bad.yml"
    bad.write_text("nlu: [", encoding="utf-8")
    with pytest.raises(CommandFailed, match="ne se lit pas"):
        add(bad, acts, lambda folder: 1.0)
