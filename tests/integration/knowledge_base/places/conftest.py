"""The shipped knowledge base, opened once: nothing here changes it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge_base import KnowledgeBase
from tests.fixtures.shipped_knowledge import open_shipped


@pytest.fixture(scope="session")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """All shipped sheets, places and offers."""
    kb = open_shipped(tmp_path_factory.mktemp("shipped"))
    yield kb
    kb.close()
