"""Token buckets."""

from __future__ import annotations

from channels.web.rate_limits import LocalRateLimiter, Rule

RULE = Rule("essai", burst=3, per_second=0.5)


class Clock:
    """A clock that tests move."""

    now = 0.0

    def __call__(self) -> float:
        """The present, in seconds."""
        return self.now


def test_a_burst_is_allowed_then_one_waits() -> None:
    limiter = LocalRateLimiter(1, Clock())
    assert [limiter.wait(RULE, "a") for _ in range(3)] == [0, 0, 0]
    assert limiter.wait(RULE, "a") == 2


def test_waiting_brings_tokens_back_up_to_the_burst() -> None:
    clock = Clock()
    limiter = LocalRateLimiter(1, clock)
    for _ in range(3):
        limiter.wait(RULE, "a")
    clock.now = 2
    assert limiter.wait(RULE, "a") == 0 and limiter.wait(RULE, "a") > 0
    clock.now = 1000
    assert [limiter.wait(RULE, "a") for _ in range(4)][-1] > 0


def test_people_and_rules_are_counted_apart() -> None:
    limiter = LocalRateLimiter(1, Clock())
    for _ in range(3):
        limiter.wait(RULE, "a")
    assert limiter.wait(RULE, "b") == 0 and limiter.wait(Rule("autre", 1, 1), "a") == 0


def test_a_factor_multiplies_and_zero_switches_off() -> None:
    double, off = LocalRateLimiter(2, Clock()), LocalRateLimiter(0, Clock())
    assert [double.wait(RULE, "a") for _ in range(7)].count(0) == 6
    assert all(off.wait(RULE, "a") == 0 for _ in range(100))


def test_memory_stays_bounded() -> None:
    limiter = LocalRateLimiter(1, Clock())
    for number in range(30_000):
        limiter.wait(RULE, str(number))
    assert len(limiter._buckets) <= 20_000
