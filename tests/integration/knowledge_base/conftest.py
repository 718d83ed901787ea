"""A knowledge base filled with the small hand-written files of tests/fixtures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.loader import load_folder

FIXTURES = Path(__file__).parents[2] / "fixtures" / "knowledge_base"


@pytest.fixture
def fixtures() -> Path:
    """The folder of small files in the published formats."""
    return FIXTURES


@pytest.fixture
def empty_kb(database_url: str, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """A base without any sheet, with the shipped places."""
    kb = KnowledgeBase.open(database_url, tmp_path / "state", shipped=False)
    yield kb
    kb.close()


@pytest.fixture
def kb(empty_kb: KnowledgeBase) -> KnowledgeBase:
    """The same with the fixture sheets."""
    load_folder(empty_kb.engine, FIXTURES / "content")
    empty_kb.refresh_if_changed()
    return empty_kb
