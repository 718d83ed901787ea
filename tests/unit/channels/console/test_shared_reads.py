"""Screens that heard the same news share one read; a screen never gets what was read before it heard."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, cast

from channels.console.shared_reads import SharedReads
from channels.store.database import Database


class CountingDatabase:
    """Gives the number of the read."""

    reads = 0

    async def read(self, work: Callable[[Any], int]) -> int:
        await asyncio.sleep(0)
        self.reads += 1
        return self.reads


async def test_twenty_screens_make_one_read() -> None:
    reads = SharedReads(cast(Database, CountingDatabase()))
    heard = asyncio.get_running_loop().time()
    assert await asyncio.gather(*(reads.get("row", heard, lambda session: 0) for _ in range(20))) == [1] * 20


async def test_what_was_read_before_the_news_is_read_again() -> None:
    reads = SharedReads(cast(Database, CountingDatabase()))
    await reads.get("row", asyncio.get_running_loop().time(), lambda session: 0)
    await asyncio.sleep(0.001)
    assert await reads.get("row", asyncio.get_running_loop().time(), lambda session: 0) == 2
