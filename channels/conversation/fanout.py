"""Wake-ups for live screens. Events carry identifiers only: readers read the database again. Losing one loses no data."""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Protocol

from channels.privacy.crypto import new_id

QUEUE_TOPIC = "queue"
ALERT_TOPIC = "alerts"
OUTBOX_TOPIC = "outbox"
_BACKLOG = 100  # news kept for a slow reader; older ones go, it reads the database anyway
_RECENT = 1000  # news kept for a screen that was drawn before it listened


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

    def lost_some(self) -> bool:
        """True when the reader was so slow that news were dropped since it last asked."""
        ...


class Fanout(Protocol):
    """In this process (LocalFanout) or between several (redis_fanout.py)."""

    def notify(self, news: Iterable[News]) -> None:
        """Tells every subscriber of the topics; called on the event loop."""
        ...

    def subscribe(self, *topics: str) -> AbstractSubscription:
        """`async with fanout.subscribe(topic) as news: await news.get(timeout=15)`."""
        ...

    def mark(self) -> str:
        """Where the news stand now. Taken before a screen is read, so that `since` finds what the reading missed."""
        ...

    def since(self, mark: str, topics: Collection[str]) -> list[News] | None:
        """The news of these topics since a mark; None when nobody knows any more: read everything again."""
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
        self._lost = False

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
            self._lost = True
        self._queue.put_nowait(news)

    async def get(self, timeout: float | None = None) -> News | None:  # noqa: ASYNC109 - see Subscription
        """The next news, or None after `timeout` seconds."""
        try:
            # Not `wait_for`: until Python 3.12 it forgets that it was cancelled when news come at that very moment.
            async with asyncio.timeout(timeout):
                return await self._queue.get()
        except TimeoutError:
            return None

    def lost_some(self) -> bool:
        """Asked once, forgotten."""
        lost, self._lost = self._lost, False
        return lost


class LocalFanout:
    """Fan-out inside one process."""

    def __init__(self) -> None:
        self.readers: defaultdict[str, set[LocalSubscription]] = defaultdict(set)
        self._recent: deque[tuple[int, News]] = deque(maxlen=_RECENT)
        self._count, self._name = 0, new_id()[:12]

    def notify(self, news: Iterable[News]) -> None:
        """Tells every subscriber of the topics."""
        for item in news:
            self._count += 1
            self._recent.append((self._count, item))
            for reader in tuple(self.readers.get(item.topic, ())):
                reader.put(item)

    def subscribe(self, *topics: str) -> LocalSubscription:
        """A subscription to use with `async with`."""
        return LocalSubscription(self, topics)

    def mark(self) -> str:
        """Which process counts, and how far it has come."""
        return f"{self._name}.{self._count}"

    def since(self, mark: str, topics: Collection[str]) -> list[News] | None:
        """None for a mark of another process (or of this one before a restart), or an old one."""
        name, _, number = mark.partition(".")
        if name != self._name or not number.isdecimal() or int(number) < self._count - len(self._recent):
            return None
        return [item for count, item in self._recent if count > int(number) and item.topic in topics]

    def forget_marks(self) -> None:
        """Every mark given until now is worth nothing: something may have been missed."""
        self._name = new_id()[:12]

    async def close(self) -> None:
        """Nothing to free."""
