"""The rate limits of several gateway processes together: the same token buckets, in Redis."""

from __future__ import annotations

import time
from collections.abc import Callable

import structlog
from redis import Redis
from redis.exceptions import RedisError

from channels.web.rate_limits import LocalRateLimiter, Rule

log = structlog.get_logger(__name__)
_WITHOUT_REDIS = 5.0  # seconds during which each process counts alone after Redis failed

# KEYS[1]: the bucket; ARGV: burst, tokens per second. Redis's own clock: the processes' may differ.
_SCRIPT = """
local time = redis.call('TIME')
local now, burst, rate = time[1] + time[2] / 1000000, tonumber(ARGV[1]), tonumber(ARGV[2])
local kept = redis.call('HMGET', KEYS[1], 'tokens', 'since')
local tokens = math.min(burst, (tonumber(kept[1]) or burst) + (now - (tonumber(kept[2]) or now)) * rate)
if tokens < 1 then return tostring((1 - tokens) / rate) end
redis.call('HSET', KEYS[1], 'tokens', tostring(tokens - 1), 'since', string.format('%.6f', now))
redis.call('EXPIRE', KEYS[1], math.ceil(burst / rate) + 1)
return '0'
"""


class RedisRateLimiter:
    """Asks Redis in the caller's thread: one round trip on the machine room's network, shorter than handing it to another."""

    def __init__(self, url: str, factor: float = 1.0, clock: Callable[[], float] = time.monotonic) -> None:
        self._factor, self._clock = factor, clock
        self._alone = LocalRateLimiter(factor, clock)
        self._alone_until = 0.0
        self._take = Redis.from_url(url, socket_connect_timeout=0.3, socket_timeout=0.3).register_script(_SCRIPT)

    def wait(self, rule: Rule, who: str) -> float:
        """Takes one token from the bucket of `who`, or says in how many seconds there will be one."""
        if not self._factor:
            return 0.0
        if self._clock() < self._alone_until:
            return self._alone.wait(rule, who)
        try:
            arguments = [rule.burst * self._factor, rule.per_second * self._factor]
            return float(self._take(keys=[f"parcours:rate:{rule.name}:{who}"], args=arguments))
        except RedisError as error:
            log.warning("redis_rate_limit_failed", error=type(error).__name__)
            self._alone_until = self._clock() + _WITHOUT_REDIS
            return self._alone.wait(rule, who)
