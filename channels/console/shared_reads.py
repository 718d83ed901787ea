"""One read for all the screens that hear the same news: twenty open queues must not ask the database twenty times.

A screen shares a read only when it began after the screen heard: what was committed before the news is in it.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlalchemy.orm import Session

from channels.store.database import Database

T = TypeVar("T")
_MOST = 2000  # reads remembered; only the newest of each key is ever used


@dataclass
class SharedReads:
    """One per process."""

    db: Database
    _begun: dict[Hashable, tuple[float, asyncio.Task[Any]]] = field(default_factory=dict)

    async def get(self, key: Hashable, heard_at: float, work: Callable[[Session], T]) -> T:
        """What `work` reads; `key` names it, `heard_at` is the event loop's time when the news was heard."""
        begun, task = self._begun.get(key, (-1.0, None))
        if task is None or begun < heard_at:
            if len(self._begun) > _MOST:
                self._begun.clear()
            task = asyncio.create_task(self.db.read(work))
            self._begun[key] = (asyncio.get_running_loop().time(), task)
        found: T = await asyncio.shield(task)
        return found


def shared_reads_of(app: Any) -> SharedReads:
    """Those of this application, made at first use."""
    if getattr(app.state, "shared_reads", None) is None:
        app.state.shared_reads = SharedReads(app.state.services.db)
    found: SharedReads = app.state.shared_reads
    return found
