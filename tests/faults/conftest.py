"""A helpline on a disk of its own; the migrated database is made once and copied."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from multiprocessing import get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path

import pytest

from channels.migrations import upgrade
from channels.services import Services
from tests.faults.dying import DATABASE, open_services
from tests.faults.provider import FileProvider


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty database of the newest schema."""
    file = tmp_path_factory.mktemp("migrated") / DATABASE
    upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture
def folder(tmp_path: Path, migrated: Path) -> Path:
    """A state directory with that database."""
    shutil.copy(migrated, tmp_path / DATABASE)
    return tmp_path


@pytest.fixture
async def helpline(folder: Path) -> AsyncIterator[tuple[Services, FileProvider]]:
    """The services and the provider that they send by."""
    services, provider = open_services(folder)
    yield services, provider
    await services.stop()


@pytest.fixture(scope="session")
def processes() -> Iterator[ForkServerContext]:
    """New processes that have imported everything already."""
    context = get_context("forkserver")
    context.set_forkserver_preload(["tests.faults.dying"])
    yield context
