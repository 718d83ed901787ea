"""One reader of YAML for all our files."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from language.yml import LOADER, read_yml
from parcours.paths import ROOT

OURS = ("actions", "bot", "channels", "evaluation", "knowledge_base", "language", "parcours")


def test_it_is_the_reader_written_in_c() -> None:
    assert LOADER is yaml.CSafeLoader


@pytest.mark.parametrize("file", sorted((ROOT / "language" / "tables").glob("*.yml")), ids=lambda path: path.name)
def test_it_reads_what_the_slow_one_reads(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert read_yml(text) == yaml.safe_load(text)


def test_it_builds_nothing_but_plain_values() -> None:
    with pytest.raises(yaml.YAMLError):
        read_yml("!!python/object/apply:os.getcwd []")


def test_nothing_of_ours_reads_yaml_the_slow_way() -> None:
    files = (path for folder in OURS for path in (ROOT / folder).rglob("*.py") if ".venv" not in path.parts)
    assert [str(path.relative_to(ROOT)) for path in files if "yaml.safe_load(" in path.read_text(encoding="utf-8")] == []
