"""Merged sheets: an old reference answers for ever."""

from __future__ import annotations

from pathlib import Path

import pytest

from knowledge_base.errors import ContentError
from knowledge_base.redirects import read_redirects, resolve, shipped


def test_an_old_reference_means_the_new_one() -> None:
    assert resolve("terme/cpf-terme") == "dispositif/cpf"


def test_a_label_written_with_its_folder_stays_written_so() -> None:
    assert resolve("termes/cpf-terme") == "dispositifs/cpf" and resolve("metiers/couvreur") == "metiers/couvreur"


def test_a_reference_that_was_never_merged_is_itself() -> None:
    assert resolve("dispositif/cpf") == "dispositif/cpf" and resolve("rien") == "rien"


def test_every_old_reference_leads_to_its_end_in_one_step() -> None:
    assert len(shipped()) > 100 and not set(shipped().values()) & set(shipped())


@pytest.mark.parametrize(
    "text", ["a: [", "- terme/a", "terme/a: b", "recette/a: metier/b", "metier/a: metier/b\nmetier/b: metier/c"]
)
def test_a_file_that_leads_nowhere_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "redirects.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ContentError):
        read_redirects(path)


def test_without_a_file_nothing_was_merged(tmp_path: Path) -> None:
    assert read_redirects(tmp_path / "redirects.yml") == {}
