"""Wake-ups between several gateway processes, through Redis. Losing Redis only makes other processes' screens late."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Collection, Iterable
from contextlib import suppress
from dataclasses import astuple

import structlog
from redis.asyncio import Redis
from redis.exceptions import RedisError

from channels.conversation.fanout import LocalFanout, LocalSubscription, News
from channels.privacy.crypto import new_id

log = structlog.get_logger(__name__)
CHANNEL = "parcours:news"
_AGAIN_AFTER = 2.0  # seconds before a lost Redis is asked again
_BACKLOG = 1000


class RedisFanout:
    """Tells this process at once and the others through Redis. News hold identifiers only, as in LocalFanout."""

    def __init__(self, url: str) -> None:
        self._local, self._me = LocalFanout(), new_id()
        self._client = Redis.from_url(url, socket_connect_timeout=2, health_check_interval=15)
        self._outgoing: asyncio.Queue[str] = asyncio.Queue(_BACKLOG)
        self._tasks: list[asyncio.Task[None]] = []
        self.listening = asyncio.Event()

    def notify(self, news: Iterable[News]) -> None:
        """Tells every subscriber of the topics, here and elsewhere; called on the event loop."""
        items = list(news)
        self._local.notify(items)
        if items:
            self._work()
            with suppress(asyncio.QueueFull):  # Redis is gone: whoever waits elsewhere reads the database at its next look
                self._outgoing.put_nowait(json.dumps([self._me, *map(astuple, items)]))

    def subscribe(self, *topics: str) -> LocalSubscription:
        """A subscription to use with `async with`."""
        self._work()
        return self._local.subscribe(*topics)

    def mark(self) -> str:
        """This process's: a screen that was drawn by one gateway and listens to another reads everything again."""
        self._work()
        return self._local.mark()

    def since(self, mark: str, topics: Collection[str]) -> list[News] | None:
        """What this process heard since its own mark; None while the other processes cannot be heard."""
        return self._local.since(mark, topics) if self.listening.is_set() else None

    async def close(self) -> None:
        """Sends what waits, as far as Redis takes it within a second, and ends."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self._drained(), 1)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._client.aclose()

    async def _drained(self) -> None:
        if self._tasks:
            await self._outgoing.join()

    def _work(self) -> None:
        # Started at first use: tasks belong to the loop that runs then.
        if not self._tasks:
            loop = asyncio.get_running_loop()
            self._tasks = [loop.create_task(self._publish()), loop.create_task(self._listen())]

    async def _publish(self) -> None:
        while True:
            message = await self._outgoing.get()
            try:
                await self._client.publish(CHANNEL, message)
            except RedisError as error:
                log.warning("redis_publish_failed", error=type(error).__name__)
                await asyncio.sleep(_AGAIN_AFTER)
            finally:
                self._outgoing.task_done()

    async def _listen(self) -> None:
        while True:
            try:
                async with self._client.pubsub() as heard:
                    await heard.subscribe(CHANNEL)
                    async for message in heard.listen():
                        self._hear(message)
            except RedisError as error:
                self.listening.clear()
                log.warning("redis_listen_failed", error=type(error).__name__)
                await asyncio.sleep(_AGAIN_AFTER)

    def _hear(self, message: dict[str, object]) -> None:
        if message["type"] == "subscribe":
            self._local.forget_marks()  # what the others said before is not known here
            self.listening.set()
            return
        data = message["data"]
        sender, *items = json.loads(data if isinstance(data, bytes | str) else b"[null]")
        if sender != self._me:
            self._local.notify(News(*item) for item in items)
