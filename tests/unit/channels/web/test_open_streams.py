"""Streams have ceilings: a conversation, an address, the process."""

from __future__ import annotations

from contextlib import ExitStack

import pytest

from channels.errors import Busy, TooManyRequests
from channels.web.open_streams import MOST_A_TALK, MOST_AN_ADDRESS, OpenStreams, most_of_process


def test_the_oldest_of_a_conversation_is_over_when_one_too_many_opens() -> None:
    streams = OpenStreams(most=100)
    with ExitStack() as open_now:
        held = [open_now.enter_context(streams.one("a", "192.0.2.1")) for _ in range(MOST_A_TALK + 1)]
        other = open_now.enter_context(streams.one("b", "192.0.2.1"))
        assert [item.over for item in (*held, other)] == [True, False, False, False, False]


def test_an_address_has_a_ceiling_and_others_get_in() -> None:
    streams = OpenStreams(most=1000)
    with ExitStack() as open_now:
        for number in range(MOST_AN_ADDRESS):
            streams.admit("192.0.2.1")
            open_now.enter_context(streams.one(str(number), "192.0.2.1"))
        with pytest.raises(TooManyRequests):
            streams.admit("192.0.2.1")
        streams.admit("192.0.2.2")
    streams.admit("192.0.2.1")


def test_the_process_keeps_room_for_everything_else() -> None:
    streams = OpenStreams(factor=0, most=2)
    with streams.one("a", "192.0.2.1"), streams.one("b", "192.0.2.2"), pytest.raises(Busy):
        streams.admit("192.0.2.3")
    streams.admit("192.0.2.3")
    assert most_of_process() > 100
