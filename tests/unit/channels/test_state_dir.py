"""A state directory that a database's address cannot hold is refused, not replaced by another place."""

from __future__ import annotations

from pathlib import Path

import pytest
from pydantic import ValidationError

from channels.settings import Settings


@pytest.mark.parametrize("name", ["a%20b", "quoi?", "n#1"])
def test_signs_of_addresses_are_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ValidationError, match="choisissez un autre chemin"):
        Settings(_env_file=None, state_dir=tmp_path / name)  # type: ignore[call-arg]


def test_spaces_and_accents_are_fine(tmp_path: Path) -> None:
    settings = Settings(_env_file=None, state_dir=tmp_path / "état du service")  # type: ignore[call-arg]
    assert settings.conversations_url.endswith("/état du service/conversations.sqlite3")
