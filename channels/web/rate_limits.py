"""How often one person or one address may ask: token buckets behind a small interface (redis_rate_limits.py: in Redis)."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

_MOST_BUCKETS = 20_000


@dataclass(frozen=True, slots=True)
class Rule:
    """`burst` calls at once, then `per_second` in the long run."""

    name: str
    burst: float
    per_second: float


# A whole school comes from one address: what is counted by address is generous, what is counted by conversation is human.
SESSIONS = Rule("sessions", 60, 1)
MESSAGES = Rule("messages", 20, 0.5)
MESSAGES_BY_ADDRESS = Rule("messages-address", 300, 10)
READS = Rule("reads", 60, 4)
TICKETS = Rule("tickets", 20, 0.5)
FEEDBACK = Rule("feedback", 5, 0.1)
SEARCHES = Rule("searches", 60, 5)
LOGINS = Rule("logins", 20, 0.1)


class RateLimiter(Protocol):
    """What the routes know of it."""

    def wait(self, rule: Rule, who: str) -> float:
        """Seconds to wait; 0.0 when this call is allowed (and counted)."""
        ...


class LocalRateLimiter:
    """Buckets in this process. `factor` multiplies every rule; 0 allows everything."""

    def __init__(self, factor: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._factor = factor
        self._clock = clock
        self._buckets: dict[tuple[str, str], tuple[float, float]] = {}

    def wait(self, rule: Rule, who: str) -> float:
        """Takes one token from the bucket of `who`, or says in how many seconds there will be one."""
        if not self._factor:
            return 0.0
        now, burst, rate = self._clock(), rule.burst * self._factor, rule.per_second * self._factor
        tokens, since = self._buckets.get((rule.name, who), (burst, now))
        tokens = min(burst, tokens + (now - since) * rate)
        if tokens < 1:
            return (1 - tokens) / rate
        self._make_room()
        self._buckets[rule.name, who] = (tokens - 1, now)
        return 0.0

    def _make_room(self) -> None:
        # The oldest go: forgetting a bucket only forgives.
        if len(self._buckets) >= _MOST_BUCKETS:
            for key in sorted(self._buckets, key=lambda item: self._buckets[item][1])[: _MOST_BUCKETS // 2]:
                del self._buckets[key]
