"""One turn at a time in a conversation. In this process here; between processes in redis_locks.py.

The lock only saves work: two turns that run side by side all the same are told apart by the conversation's version.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import Protocol


class Locks(Protocol):
    """Named locks."""

    def hold(self, name: str) -> AbstractAsyncContextManager[None]:
        """Waits for the lock and holds it for the length of the block."""
        ...

    async def close(self) -> None:
        """Frees what it holds."""
        ...


class LocalLocks:
    """Locks inside one process; a name that nobody holds costs nothing."""

    def __init__(self) -> None:
        self._locks: dict[str, tuple[asyncio.Lock, int]] = {}

    @asynccontextmanager
    async def hold(self, name: str) -> AsyncIterator[None]:
        """Waits for the lock and holds it for the length of the block."""
        lock, holders = self._locks.get(name, (asyncio.Lock(), 0))
        self._locks[name] = (lock, holders + 1)
        try:
            async with lock:
                yield
        finally:
            left = self._locks[name][1] - 1
            if left:
                self._locks[name] = (lock, left)
            else:
                del self._locks[name]

    async def close(self) -> None:
        """Nothing to free."""
