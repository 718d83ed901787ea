"""A knowledge base filled with the small hand-written files of tests/fixtures.

It is made once on each database; every test has a copy, or the same put back as it was.
"""

from __future__ import annotations

import atexit
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp

import pytest

from knowledge_base import KnowledgeBase
from knowledge_base.loader import load_folder
from tests.fixtures.lent import lent_database

FIXTURES = Path(__file__).parents[2] / "fixtures" / "knowledge_base"
Make = Callable[[str], Path]  # fills the database of this URL; the state directory that goes with it
_SQLITE = "test.sqlite3"


@pytest.fixture
def fixtures() -> Path:
    """The folder of small files in the published formats."""
    return FIXTURES


@pytest.fixture
def empty_kb(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """A base without any sheet, with the shipped places."""
    with _opened(backend, request, tmp_path, _empty) as kb:
        yield kb


@pytest.fixture
def kb(backend: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[KnowledgeBase]:
    """The same with the fixture sheets."""
    with _opened(backend, request, tmp_path, _filled) as kb:
        yield kb


@pytest.fixture(params=["sqlite", "postgresql"])
def backend(request: pytest.FixtureRequest) -> str:
    """The same tests hold on both databases."""
    return str(request.param)


@contextmanager
def _opened(backend: str, request: pytest.FixtureRequest, folder: Path, make: Make) -> Iterator[KnowledgeBase]:
    if backend == "sqlite":
        shutil.copytree(_on_sqlite(make), folder, dirs_exist_ok=True)
        kb = KnowledgeBase.open(f"sqlite:///{folder / _SQLITE}", folder / "state", shipped=False)
        yield kb
        kb.close()
        return
    with lent_database(request.getfixturevalue("postgres_url"), make) as url:
        shutil.copytree(make(url), folder / "state")
        kb = KnowledgeBase.open(url, folder / "state", shipped=False)
        yield kb
        kb.close()


@cache
def _on_sqlite(make: Make) -> Path:
    folder = _kept_folder()
    make(f"sqlite:///{folder / _SQLITE}").rename(folder / "state")
    return folder


@cache
def _empty(url: str) -> Path:
    return _made(url)


@cache
def _filled(url: str) -> Path:
    return _made(url, FIXTURES / "content")


def _kept_folder() -> Path:
    folder = Path(mkdtemp(prefix="parcours-kept-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _made(url: str, content: Path | None = None) -> Path:
    state = _kept_folder()
    kb = KnowledgeBase.open(url, state, shipped=False)
    if content:
        load_folder(kb.engine, content)
        kb.refresh_if_changed()
    kb.close()
    return state
