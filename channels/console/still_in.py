"""A stream ends with the login or the key that opened it: logging out, a revoked key, a role taken away close it too."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable

from channels.errors import Unauthorized
from channels.people.principal import Principal

_EVERY = 10.0  # seconds between two questions


class StillIn:
    """Asks again who it is, now and then; `ask` raises Unauthorized once the login or the key is over."""

    def __init__(self, ask: Callable[[], Awaitable[Principal]], every: float = _EVERY) -> None:
        self._ask, self._every, self._asked_at = ask, every, time.monotonic()

    async def __call__(self) -> bool:
        """False when whoever opened the stream may not have it any more."""
        if time.monotonic() - self._asked_at < self._every:
            return True
        self._asked_at = time.monotonic()
        try:
            return (await self._ask()).sees_cases
        except Unauthorized:
            return False
