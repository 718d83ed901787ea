"""Wake-ups: what a screen missed between its drawing and its listening, and a reader that is too slow."""

from __future__ import annotations

import asyncio

import pytest

from channels.conversation.fanout import QUEUE_TOPIC, LocalFanout, News
from channels.conversation.redis_fanout import RedisFanout


def _news(number: int, topic: str = QUEUE_TOPIC) -> News:
    return News(topic, "case", str(number))


def test_since_a_mark_only_the_later_news_of_the_topics_are_told() -> None:
    fanout = LocalFanout()
    fanout.notify([_news(1)])
    mark = fanout.mark()
    fanout.notify([_news(2), _news(3, "case:3"), _news(4)])
    assert fanout.since(mark, [QUEUE_TOPIC]) == [_news(2), _news(4)]
    assert fanout.since(fanout.mark(), [QUEUE_TOPIC]) == []


def test_a_mark_of_another_process_or_too_old_or_forgotten_is_worth_nothing() -> None:
    fanout = LocalFanout()
    mark = fanout.mark()
    for strange in ("", "x", LocalFanout().mark(), f"{mark}9x"):
        assert fanout.since(strange, [QUEUE_TOPIC]) is None
    fanout.notify(_news(number) for number in range(1001))
    assert fanout.since(mark, [QUEUE_TOPIC]) is None
    mark = fanout.mark()
    fanout.forget_marks()
    assert fanout.since(mark, [QUEUE_TOPIC]) is None


async def test_a_slow_reader_learns_once_that_it_lost_something() -> None:
    fanout = LocalFanout()
    async with fanout.subscribe(QUEUE_TOPIC) as reader:
        fanout.notify(_news(number) for number in range(100))
        assert not reader.lost_some()
        fanout.notify([_news(100)])
        assert reader.lost_some() and not reader.lost_some()
        assert await reader.get() == _news(1)


async def test_while_the_other_processes_cannot_be_heard_a_screen_reads_everything_again() -> None:
    fanout = RedisFanout("redis://127.0.0.1:1")
    assert fanout.since(fanout.mark(), [QUEUE_TOPIC]) is None
    fanout.listening.set()
    assert fanout.since(fanout.mark(), [QUEUE_TOPIC]) == []
    await fanout.close()


async def test_a_reader_that_is_stopped_at_the_very_moment_of_some_news_stops() -> None:
    fanout = LocalFanout()
    async with fanout.subscribe(QUEUE_TOPIC) as reader:
        reading = asyncio.create_task(reader.get(60))
        await asyncio.sleep(0.01)
        fanout.notify([_news(1)])
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert await reader.get(60) == _news(1), "and nothing is lost"
