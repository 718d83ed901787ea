"""A conversation over the small knowledge base of `content.py`."""

from __future__ import annotations

import pytest

from tests.unit.actions.content import knowledge
from tests.unit.actions.talk import Conversation


@pytest.fixture
def talk() -> Conversation:
    """A conversation that has just begun."""
    return Conversation(knowledge())
