"""Wake-ups for live screens. Events carry identifiers only: readers read the database again. Losing one loses no data."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

QUEUE_TOPIC = "queue"
ALERT_TOPIC = "alerts"
OUTBOX_TOPIC = "outbox"
_BACKLOG = 100  # news kept for a slow reader; older ones go, it reads the database anyway


def conversation_topic(conversation_id: str) -> str:
    """Topic of one conversation: new messages, mode changes, typing."""
    return f"conversation:{conversation_id}"


def case_topic(case_id: int) -> str:
    """Topic of one case: notes, owner, state."""
    return f"case:{case_id}"


@dataclass(frozen=True, slots=True)
class News:
    """Something happened at `topic`. `kind`: message | mode | case | note | typing | seen | delivery | alert | queue."""

    topic: str
    kind: str
    id: str = ""
    seq: int = 0


class Subscription(Protocol):
    """What a live screen holds."""

    async def get(self, timeout: float | None = None) -> News | None:  # noqa: ASYNC109 - waiting is what it is for
        """The next news, or None after `timeout` seconds without any."""
        ...


class Fanout(Protocol):
    """In this process (LocalFanout) or between several (redis_fanout.py)."""

    def notify(self, news: Iterable[News]) -> None:
        """Tells every subscriber of the topics; called on the event loop."""
        ...

    def subscribe(self, *topics: str) -> AbstractSubscription:
        """`async with fanout.subscribe(topic) as news: await news.get(timeout=15)`."""
        ...

    async def close(self) -> None:
        """Frees what it holds."""
        ...


class AbstractSubscription(Protocol):
    """An async context manager that yields a Subscription."""

    async def __aenter__(self) -> Subscription: ...

    async def __aexit__(self, *exc: object) -> None: ...


class LocalSubscription:
    """A bounded queue fed by LocalFanout."""

    def __init__(self, fanout: LocalFanout, topics: tuple[str, ...]) -> None:
        self._fanout, self._topics = fanout, topics
        self._queue: asyncio.Queue[News] = asyncio.Queue(_BACKLOG)

    async def __aenter__(self) -> LocalSubscription:
        for topic in self._topics:
            self._fanout.readers[topic].add(self)
        return self

    async def __aexit__(self, *exc: object) -> None:
        for topic in self._topics:
            self._fanout.readers[topic].discard(self)
            if not self._fanout.readers[topic]:
                del self._fanout.readers[topic]

    def put(self, news: News) -> None:
        """Queues the news, dropping the oldest when the reader is slow."""
        if self._queue.full():
            self._queue.get_nowait()
        self._queue.put_nowait(news)

    async def get(self, timeout: float | None = None) -> News | None:  # noqa: ASYNC109 - see Subscription
        """The next news, or None after `timeout` seconds."""
        try:
            return await asyncio.wait_for(self._queue.get(), timeout)
        except TimeoutError:
            return None


class LocalFanout:
    """Fan-out inside one process."""

    def __init__(self) -> None:
        self.readers: defaultdict[str, set[LocalSubscription]] = defaultdict(set)

    def notify(self, news: Iterable[News]) -> None:
        """Tells every subscriber of the topics."""
        for item in news:
            for reader in tuple(self.readers.get(item.topic, ())):
                reader.put(item)

    def subscribe(self, *topics: str) -> LocalSubscription:
        """A subscription to use with `async with`."""
        return LocalSubscription(self, topics)

    async def close(self) -> None:
        """Nothing to free."""
