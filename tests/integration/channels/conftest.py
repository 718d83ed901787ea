"""The services on a real database, with an engine that the test drives."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Sequence
from pathlib import Path

import pytest

from channels.conversation.engine import EngineAnswer, Turn
from channels.errors import EngineFailure
from channels.messages import Reply
from channels.people.principal import Principal
from channels.privacy.crypto import Keyring
from channels.services import Services
from channels.settings import Settings
from tests.fixtures.every_answer import FirstAnswer, every_answer
from tests.fixtures.migrated import migrated_postgres, migrated_sqlite
from tests.fixtures.shipped_knowledge import open_shipped, shipped_knowledge


class ScriptedEngine:
    """Answers « Réponse à … », or what `behaviour` says; keeps the turns it was asked."""

    def __init__(self) -> None:
        self.turns: list[Turn] = []
        self.behaviour: Callable[[Turn], Awaitable[EngineAnswer]] | None = None
        self.dead = False

    async def answer(self, turn: Turn) -> EngineAnswer:
        self.turns.append(turn)
        if self.dead:
            raise EngineFailure("unavailable")
        if self.behaviour is not None:
            return await self.behaviour(turn)
        return said(f"Réponse à {turn.text or turn.payload}")

    async def healthy(self) -> bool:
        return not self.dead

    async def close(self) -> None:
        return None


def said(*texts: str, **reply: object) -> EngineAnswer:
    """An engine's answer with these texts."""
    replies = tuple(Reply(text, **reply) for text in texts)  # type: ignore[arg-type]
    return EngineAnswer(replies, "question", 0.9, (), {"slots": {"asked": ["le métier de coiffeur"], "public": "lyceen"}})


@pytest.fixture(scope="session")
def every_first_answer(tmp_path_factory: pytest.TempPathFactory) -> Sequence[FirstAnswer]:
    """What each shipped sheet, and each question about each trade, is answered first (see tests/fixtures/every_answer.py)."""
    knowledge = open_shipped(tmp_path_factory.mktemp("knowledge"))
    found = list(every_answer(knowledge))
    knowledge.close()
    return found


@pytest.fixture
def sheets(tmp_path: Path) -> None:
    """The shipped sheets lie in the state directory, loaded and indexed: opening them takes no time."""
    shutil.copytree(shipped_knowledge(), tmp_path, dirs_exist_ok=True)


@pytest.fixture
def engine() -> ScriptedEngine:
    return ScriptedEngine()


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database, once on SQLite and once on PostgreSQL: the same tests hold on both."""
    if request.param == "sqlite":
        yield migrated_sqlite(tmp_path)
        return
    with migrated_postgres(request.getfixturevalue("postgres_url")) as url:
        yield url


@pytest.fixture
def settings(store_url: str, tmp_path: Path) -> Settings:
    return Settings(_env_file=None, state_dir=tmp_path, database_url=store_url, opening="always")  # type: ignore[call-arg]


@pytest.fixture
def keys() -> Keyring:
    return Keyring.ephemeral()


@pytest.fixture
async def services(settings: Settings, engine: ScriptedEngine, keys: Keyring) -> AsyncIterator[Services]:
    opened = Services.open(settings, engine, keys)
    yield opened
    await opened.stop()


@pytest.fixture
async def advisor(services: Services) -> Principal:
    return await make_advisor(services, "anne@exemple.fr", "Anne")


async def make_advisor(services: Services, email: str, name: str, role: str = "conseiller", team: str | None = None) -> Principal:
    """An account, through its API key."""
    await services.accounts.create(email, role, name=name, team=team)
    return await services.accounts.by_key(await services.accounts.create_key(email))
