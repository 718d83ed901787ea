"""Named locks across several gateway processes, through Redis. Without Redis each process keeps its own order."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import structlog
from redis.asyncio import Redis
from redis.asyncio.lock import Lock
from redis.exceptions import LockError, RedisError

from channels.conversation.breaker import Breaker
from channels.conversation.locks import LocalLocks

log = structlog.get_logger(__name__)
# A lease is renewed as long as its holder lives: a process that was killed holds a name no longer than one lease.
_LEASE = 9.0
# Longer than the longest turn (engine time-outs, computed again).
_WAITED_AT_MOST = 60.0
_LOOK_EVERY = 0.03
_LEFT_ALONE = 5.0  # seconds without Redis after it failed once: each process keeps its own order meanwhile


class RedisLocks:
    """Waits here first, then among the processes: Redis is asked once for all who wait in this process."""

    def __init__(self, url: str, lease: float = _LEASE) -> None:
        self._local, self._lease = LocalLocks(), lease
        # One that hangs costs one turn half a second; then nobody asks it for a while.
        self._client = Redis.from_url(url, socket_connect_timeout=0.5, socket_timeout=0.5)
        self._breaker = Breaker(failures=1, rest=_LEFT_ALONE)

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Waits for the lock and holds it for the length of the block."""
        async with self._local.hold(name):
            lock = await self._acquired(name)
            renewing = asyncio.create_task(_renew(lock, self._lease / 3)) if lock is not None else None
            try:
                yield
            finally:
                if renewing is not None:
                    renewing.cancel()
                if lock is not None:
                    # Lost meanwhile (Redis restarted, or held too long): the conversation's version tells turns apart.
                    with suppress(LockError, RedisError):
                        await lock.release()

    async def close(self) -> None:
        """Closes the connections."""
        await self._client.aclose()

    async def _acquired(self, name: str) -> Lock | None:
        if not self._breaker.allow():
            return None
        key = f"parcours:lock:{name}"
        lock = self._client.lock(key, timeout=self._lease, sleep=_LOOK_EVERY, blocking_timeout=_WAITED_AT_MOST)
        try:
            got = await lock.acquire()
            self._breaker.succeeded()
            return lock if got else None
        except RedisError as error:
            self._breaker.failed()
            log.warning("redis_lock_failed", error=type(error).__name__)
            return None


async def _renew(lock: Lock, every: float) -> None:
    while True:
        await asyncio.sleep(every)
        with suppress(LockError, RedisError):  # lost, or Redis is away for a moment
            await lock.reacquire()
