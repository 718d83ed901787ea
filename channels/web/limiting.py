"""Counts calls against the rate limits; the buckets live with the application."""

from __future__ import annotations

import math

from fastapi import Request

from channels.errors import TooManyRequests
from channels.operation import metrics
from channels.settings import Settings
from channels.web.open_streams import OpenStreams
from channels.web.rate_limits import LocalRateLimiter, RateLimiter, Rule
from channels.web.redis_rate_limits import RedisRateLimiter


def spend(request: Request, rule: Rule, who: str) -> None:
    """Counts one call.

    Raises:
        TooManyRequests: the rule is exceeded; Retry-After says for how long.
    """
    seconds = _limiter(request).wait(rule, who)
    if seconds:
        metrics.RATE_LIMITED.labels(rule.name).inc()
        raise TooManyRequests(max(1, math.ceil(seconds)))


def address_of(request: Request) -> str:
    """The caller's address as the server sees it (uvicorn resolves trusted proxies)."""
    return request.client.host if request.client else "unknown"


def streams_of(request: Request) -> OpenStreams:
    """The streams that this process holds open."""
    state = request.app.state
    if getattr(state, "open_streams", None) is None:
        state.open_streams = OpenStreams(state.services.settings.rate_limit)
    streams: OpenStreams = state.open_streams
    return streams


def _limiter(request: Request) -> RateLimiter:
    state = request.app.state
    if getattr(state, "rate_limiter", None) is None:
        state.rate_limiter = _made(state.services.settings)
    limiter: RateLimiter = state.rate_limiter
    return limiter


def _made(settings: Settings) -> RateLimiter:
    if settings.redis_url:
        return RedisRateLimiter(settings.redis_url, settings.rate_limit)
    return LocalRateLimiter(settings.rate_limit)
