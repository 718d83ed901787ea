"""The knowledge base with the shipped sheets, made once for the tests of this folder."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from knowledge_base.facade import KnowledgeBase
from tests.fixtures.shipped_knowledge import open_shipped
from tests.unit.actions.talk import Conversation


@pytest.fixture(scope="package")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KnowledgeBase]:
    """The shipped sheets in a database of their own, with what the ranking learnt."""
    knowledge = open_shipped(tmp_path_factory.mktemp("knowledge"), ranks=True)
    yield knowledge
    knowledge.close()


@pytest.fixture
def talk(shipped: KnowledgeBase) -> Conversation:
    """A conversation that has just begun."""
    return Conversation(shipped)
