"""No locks: turns share nothing in the engine, and the channels already answer one message of a conversation at a time."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager

from rasa.core.lock import TicketLock
from rasa.core.lock_store import LOCK_LIFETIME, LockStore
from rasa.utils.endpoints import EndpointConfig


class NoLockStore(LockStore):  # type: ignore[misc]
    """Rasa's own in-memory lock makes a second message wait a whole second; a stateless turn needs none."""

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        """Nothing to connect to."""

    @asynccontextmanager
    async def lock(self, conversation_id: str, lock_lifetime: float = LOCK_LIFETIME,
                   wait_time_in_seconds: float = 1) -> AsyncGenerator[TicketLock, None]:
        """Enters at once."""
        yield TicketLock(conversation_id)
