"""Training happens only when what it reads has changed."""

from __future__ import annotations

from pathlib import Path

import pytest

from parcours.fingerprint import training_fingerprint


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    for name in ("config.yml", "domain.yml", "data/acts/a.yml", "bot/components/tokenizer.py", "README.md"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, encoding="utf-8")
    return tmp_path


def test_it_stays_the_same_when_nothing_changed(checkout: Path) -> None:
    assert training_fingerprint(checkout) == training_fingerprint(checkout)


@pytest.mark.parametrize("name", ["config.yml", "domain.yml", "data/acts/a.yml", "bot/components/tokenizer.py"])
def test_it_changes_with_what_training_reads(checkout: Path, name: str) -> None:
    before = training_fingerprint(checkout)
    (checkout / name).write_text("changed", encoding="utf-8")
    assert training_fingerprint(checkout) != before


def test_it_changes_when_a_file_is_renamed(checkout: Path) -> None:
    before = training_fingerprint(checkout)
    (checkout / "data/acts/a.yml").rename(checkout / "data/acts/b.yml")
    assert training_fingerprint(checkout) != before


def test_a_word_in_the_readme_trains_nothing(checkout: Path) -> None:
    before = training_fingerprint(checkout)
    (checkout / "README.md").write_text("changed", encoding="utf-8")
    assert training_fingerprint(checkout) == before
