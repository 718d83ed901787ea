"""The bench's messages of real shape are always the same, and its figures are told a turn."""

from __future__ import annotations

import os

from tests.load.people import Load
from tests.load.real_messages import SAMPLE, RealLoad, processor_seconds, real_messages


def test_the_same_messages_are_asked_each_time() -> None:
    messages = real_messages()
    assert len(set(messages)) > SAMPLE - 5 and messages == real_messages()
    assert sorted(len(message.split()) for message in messages)[SAMPLE // 2] >= 14


def test_figures_are_kept_by_people_process_and_part() -> None:
    real = RealLoad({1: Load(1, [10.0, 20.0, 30.0], 0.06)}, {"engine": 8.123}, {"store": 1.0})
    figures = real.figures()
    assert figures["people"]["1"] == {"p50_ms": 20.0, "p95_ms": 38.0, "failures": 0, "turns_per_second": 50.0}
    assert figures["processor_ms_a_turn"] == {"engine": 8.12} and "engine 8.1 ms" in str(real) and "store 1.0 ms" in str(real)


def test_the_processor_of_a_process_is_read() -> None:
    assert processor_seconds({"here": os.getpid()})["here"] > 0
