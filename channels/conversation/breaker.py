"""A circuit breaker: after repeated failures the engine is left alone for a while, so that a dead one costs nobody seconds."""

from __future__ import annotations

import time
from collections.abc import Callable


class Breaker:
    """Closed → open after `failures` in a row → one trial after `rest` seconds → closed or open again."""

    def __init__(self, failures: int = 3, rest: float = 3.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit, self._rest, self._clock = failures, rest, clock
        self._failed = 0
        self._opened_at: float | None = None

    @property
    def is_open(self) -> bool:
        """True while calls should fail at once."""
        return self._opened_at is not None and self._clock() - self._opened_at < self._rest

    def allow(self) -> bool:
        """True when a call may be tried. After the rest, one caller is let through; the others wait for its result."""
        if self._opened_at is None:
            return True
        if self.is_open:
            return False
        self._opened_at = self._clock()
        return True

    def succeeded(self) -> None:
        """The call answered."""
        self._failed, self._opened_at = 0, None

    def failed(self) -> None:
        """The call did not answer."""
        self._failed += 1
        if self._failed >= self._limit or self._opened_at is not None:
            self._opened_at = self._clock()
