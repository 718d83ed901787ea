"""A helpline for the tests of the console: real services, real SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fixtures.desk import Desk, open_desk


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Desk]:
    """Two advisors, Awa and Bruno, and a supervisor, Claire."""
    async with open_desk(tmp_path) as opened:
        for name, role in (("Awa", "conseiller"), ("Bruno", "conseiller"), ("Claire", "superviseur")):
            await opened.colleague(name, role)
        yield opened
