"""The outbox's workers: what must arrive first never waits for what may come last.

Alerts, then answers, then what nobody waits for (deletions at the provider, recaps), each with so many sends under way: a
provider that hangs holds up its own lane, one send at a time, and no batch.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

import structlog

from channels.conversation.fanout import OUTBOX_TOPIC, Fanout, Subscription

log = structlog.get_logger(__name__)
_IDLE = 2.0  # seconds between two looks when nothing wakes the worker

Send = Callable[[], Awaitable[None]]
Lease = Callable[[int], Awaitable[Sequence[Send]]]
"""Takes at most so many due rows; what is given sends one of them each."""


@dataclass
class Lane:
    """One worker. `most`: sends under way at the same time."""

    name: str
    lease: Lease
    most: int
    _under_way: set[asyncio.Future[None]] = field(default_factory=set)

    async def run(self, fanout: Fanout) -> None:
        """Starts what is due whenever there is news or room, until it is cancelled."""
        async with fanout.subscribe(OUTBOX_TOPIC) as news:
            while True:
                try:
                    await self.start_due()
                except Exception as error:  # the worker outlives a database that is busy or gone for a while
                    log.error("outbox_failed", lane=self.name, error=type(error).__name__)
                await self._news_or_room(news)

    async def start_due(self) -> int:
        """Starts the sending of what is due and has room, without waiting for any; gives how many."""
        self._under_way = {send for send in self._under_way if not send.done()}
        room = self.most - len(self._under_way)
        sends = await self.lease(room) if room > 0 else []
        self._under_way |= {asyncio.ensure_future(send()) for send in sends}
        return len(sends)

    async def stop(self) -> None:
        """Ends what is under way; it is taken up again when its lease ends."""
        for send in self._under_way:
            send.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    async def _news_or_room(self, news: Subscription) -> None:
        waiting = asyncio.ensure_future(news.get(_IDLE))
        either: set[asyncio.Future[Any]] = {waiting, *self._under_way}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            waiting.cancel()
