"""Several gateway processes with one database and one Redis: wake-ups, one turn at a time, one count of the limits."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from redis.asyncio import Redis
from redis.asyncio.lock import Lock

from channels.conversation.engine import EngineAnswer, Turn
from channels.conversation.redis_fanout import RedisFanout
from channels.conversation.redis_locks import RedisLocks
from channels.messages import Incoming
from channels.privacy.crypto import Keyring
from channels.services import Services
from channels.settings import Settings
from channels.web.rate_limits import Rule
from channels.web.redis_rate_limits import RedisRateLimiter
from tests.integration.channels.conftest import ScriptedEngine, said
from tests.redis_server import RedisServer, redis_server

RULE = Rule("essai", burst=3, per_second=0.001)  # nothing comes back while a slow machine counts


@pytest.fixture(scope="module")
def redis() -> Iterator[RedisServer]:
    """One server for these tests."""
    with redis_server() as running:
        yield running


@pytest.fixture
async def pair(postgres_database: str, tmp_path: Path, redis: RedisServer) -> AsyncIterator[tuple[Services, Services]]:
    """Two gateways, as two processes would open them."""
    settings = Settings(_env_file=None, state_dir=tmp_path, database_url=postgres_database, opening="always",  # type: ignore[call-arg]
                        redis_url=redis.url)
    keys, engine = Keyring.ephemeral(), ScriptedEngine()
    both = Services.open(settings, engine, keys), Services.open(settings, engine, keys)
    yield both
    for services in both:
        await services.stop()


async def test_whoever_waits_in_one_gateway_is_woken_by_the_other(pair: tuple[Services, Services]) -> None:
    first, second = pair
    session = await first.chat.open_session()
    waiting = asyncio.create_task(first.chat.wait_events(session.session_id, 1, 25))
    assert isinstance(first.fanout, RedisFanout)
    await asyncio.sleep(0)
    await asyncio.wait_for(first.fanout.listening.wait(), 60)
    await second.relay.receive(Incoming("web", "bonjour", token=session.token, client_id="k1"))
    assert (await asyncio.wait_for(waiting, 60)).messages[0].text == "bonjour"


async def test_two_gateways_answer_one_conversation_one_turn_at_a_time(pair: tuple[Services, Services]) -> None:
    first, second = pair
    running = most = 0

    async def slow(turn: Turn) -> EngineAnswer:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0.1)
        running -= 1
        return said(f"Réponse à {turn.text}")

    first.engine.behaviour = slow  # type: ignore[attr-defined]
    session = await first.chat.open_session()
    questions = [Incoming("web", f"question {number}", token=session.token, client_id=f"k{number}") for number in range(6)]
    await asyncio.gather(*((first, second)[index % 2].relay.receive(item) for index, item in enumerate(questions)))
    assert most == 1
    texts = [item.text for item in (await first.chat.events(session.session_id)).messages]
    assert sorted(text for text in texts if text.startswith("Réponse")) == [f"Réponse à question {number}" for number in range(6)]


async def test_a_lock_is_held_by_one_process_and_freed(redis: RedisServer) -> None:
    first, second = RedisLocks(redis.url), RedisLocks(redis.url)
    order: list[str] = []

    async def hold(locks: RedisLocks, name: str) -> None:
        async with locks.hold("conversation"):
            order.append(f"{name} in")
            await asyncio.sleep(0.05)
            order.append(f"{name} out")

    await asyncio.gather(hold(first, "a"), hold(second, "b"))
    assert [item.split()[1] for item in order] == ["in", "out", "in", "out"]
    await first.close()
    await second.close()


async def test_a_lease_lives_as_long_as_its_holder_and_no_longer(redis: RedisServer) -> None:
    first, second = RedisLocks(redis.url, lease=3), RedisLocks(redis.url, lease=3)
    entered = asyncio.Event()

    async def wait_for_it() -> None:
        async with second.hold("long"):
            entered.set()

    async with first.hold("long"):
        waiting = asyncio.create_task(wait_for_it())
        await asyncio.sleep(4)  # longer than a lease: it was renewed
        assert not entered.is_set()
    await asyncio.wait_for(waiting, 60)
    # Killed in mid-turn: nobody renews, nobody releases.
    killed = Redis.from_url(redis.url)
    await killed.lock("parcours:lock:dead", timeout=3).acquire()
    async with second.hold("dead"):
        assert await killed.get("parcours:lock:dead") is not None  # it is ours now
    for closing in (first, second):
        await closing.close()
    await killed.aclose()


def test_the_limits_are_counted_together(redis: RedisServer) -> None:
    first, second = RedisRateLimiter(redis.url), RedisRateLimiter(redis.url)
    assert [limiter.wait(RULE, "a") for limiter in (first, second, first)] == [0, 0, 0]
    assert 0 < second.wait(RULE, "a") <= 1000
    assert second.wait(RULE, "b") == 0
    assert RedisRateLimiter(redis.url, 0).wait(RULE, "a") == 0


async def test_a_redis_that_hangs_is_asked_by_one_turn_and_left_alone_by_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []
    acquire = Lock.acquire

    async def counted(lock: Lock) -> bool:
        asked.append(str(lock.name))
        return await acquire(lock)

    monkeypatch.setattr(Lock, "acquire", counted)
    with redis_server() as hung:
        locks = RedisLocks(hung.url)
        async with locks.hold("before"):
            assert asked == ["parcours:lock:before"]
        hung.process.send_signal(signal.SIGSTOP)
        for number in range(20):
            async with locks.hold(f"turn {number}"):
                pass
        hung.process.send_signal(signal.SIGCONT)
        await locks.close()
    assert len(asked) == 2


async def test_without_redis_each_gateway_goes_on_alone(tmp_path: Path) -> None:
    with redis_server() as gone:
        settings = Settings(_env_file=None, state_dir=tmp_path, opening="always", redis_url=gone.url,  # type: ignore[call-arg]
                            database_url=f"sqlite:///{tmp_path / 'one.sqlite3'}")
        services = Services.open(settings, ScriptedEngine(), Keyring.ephemeral())
        limiter = RedisRateLimiter(gone.url)
        gone.stop()
        session = await services.chat.open_session()
        answer = await services.relay.receive(Incoming("web", "bonjour", token=session.token, client_id="k1"))
        assert [message.text for message in answer.messages] == ["Réponse à bonjour"]
        assert [limiter.wait(RULE, "a") > 0 for _ in range(4)] == [False, False, False, True]
        await services.stop()
        gone.start()
