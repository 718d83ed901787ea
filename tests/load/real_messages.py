"""Messages as people really write them, on ours and on the starter bot in the same run: by process, and by part of a turn.

Each is the first message of a new conversation; opening it is not timed, but its work counts in the turns a second.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import re
import time
import urllib.request
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import aiohttp
import psutil

from parcours.paths import ROOT
from tests.load.people import Enter, Load

LESSONS = ROOT / "data" / "questions" / "lessons.jsonl"
FIGURES = Path("docs/bench_real.json")
SAMPLE, SEED = 320, 20261130
TURNS = {1: 160, 8: 40, 32: 10}  # by people: turns of each
_PART = re.compile(r'^parcours_turn_part_seconds_(sum|count)\{part="(\w+)"\} (\S+)', re.MULTILINE)


@dataclass(frozen=True)
class RealLoad:
    """Loads by number of people; milliseconds of processor a turn by process; milliseconds a turn by part (ours only)."""

    loads: Mapping[int, Load]
    processor: Mapping[str, float]
    parts: Mapping[str, float]

    @property
    def failures(self) -> int:
        """Messages without an answer."""
        return sum(load.failures for load in self.loads.values())

    def figures(self) -> dict[str, Any]:
        """What is kept."""
        loads = {str(people): {"p50_ms": round(load.p50, 1), "p95_ms": round(load.p95, 1), "failures": load.failures,
                               "turns_per_second": round(load.turns_per_second, 1)} for people, load in self.loads.items()}
        return {"people": loads, "processor_ms_a_turn": _rounded(self.processor), "parts_ms_a_turn": _rounded(self.parts)}

    def __str__(self) -> str:
        rows = [f"  {people:>3} people: {load.turns_per_second:6.1f} turns/s, p50 {load.p50:6.1f} ms, p95 {load.p95:6.1f} ms, "
                f"{load.failures} without an answer" for people, load in self.loads.items()]
        told = [f"  {title}: " + ", ".join(f"{name} {value:.1f} ms" for name, value in values.items())
                for title, values in (("processor a turn", self.processor), ("parts of a turn", self.parts)) if values]
        return "\n".join([*rows, *told])


def real_messages(count: int = SAMPLE) -> list[str]:
    """Some of the labelled messages, always the same."""
    lines = LESSONS.read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["message"] for line in random.Random(SEED).sample(lines, count)]


def real_load(enter: Enter, processes: Mapping[str, int], metrics_url: str | None = None) -> RealLoad:
    """The same messages with 1, 8 and 32 people."""
    messages = real_messages()
    asyncio.run(_crowd(enter, 2, 10, messages))  # warm-up
    before, parts_before = processor_seconds(processes), _parts(metrics_url)
    loads = {people: asyncio.run(_crowd(enter, people, turns, messages)) for people, turns in TURNS.items()}
    turns = sum(len(load.latencies) for load in loads.values())
    after, parts_after = processor_seconds(processes), _parts(metrics_url)
    parts = {name: 1000 * (parts_after[name][0] - parts_before.get(name, (0.0, 0.0))[0]) / turns for name in parts_after}
    return RealLoad(loads, {name: 1000 * (after[name] - before[name]) / turns for name in processes}, parts)


def processor_seconds(processes: Mapping[str, int]) -> dict[str, float]:
    """Seconds of processor that each process and its children have used."""
    return {name: sum(_used(one) for one in [process, *process.children(recursive=True)])
            for name, process in ((name, psutil.Process(pid)) for name, pid in processes.items())}


def keep_real(ours: RealLoad, starter: RealLoad) -> None:
    """Writes the figures of both, and how many times more turns ours gives to a crowd."""
    crowd = max(TURNS)
    ratio = ours.loads[crowd].turns_per_second / starter.loads[crowd].turns_per_second
    both = {"ours": ours.figures(), "starter": starter.figures()}
    # Figures of a machine that does much else are told as such.
    machine = {"cores": os.cpu_count(), "load_average_of_15_minutes": round(os.getloadavg()[2], 1)}
    figures = {"messages": SAMPLE, "machine": machine, "times_the_starters_turns": round(ratio, 2), **both}
    FIGURES.write_text(json.dumps(figures, indent=1) + "\n", encoding="utf-8")


async def _crowd(enter: Enter, people: int, turns: int, messages: Sequence[str]) -> Load:
    result = Load(people)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        started = time.perf_counter()
        await asyncio.gather(*(_one(enter, http, messages, number * turns, turns, result) for number in range(people)))
        result.seconds = time.perf_counter() - started
    return result


async def _one(enter: Enter, http: aiohttp.ClientSession, messages: Sequence[str], first: int, turns: int, result: Load) -> None:
    for turn in range(first, first + turns):
        ask = await enter(http)
        started = time.perf_counter()
        answered = await ask(messages[turn % len(messages)])
        result.latencies.append((time.perf_counter() - started) * 1000)
        result.failures += not answered


def _used(process: psutil.Process) -> float:
    times = process.cpu_times()
    return float(times.user + times.system)


def _parts(metrics_url: str | None) -> dict[str, tuple[float, float]]:
    if metrics_url is None:
        return {}
    with urllib.request.urlopen(metrics_url, timeout=10) as answer:  # noqa: S310 - our own loopback address
        rows = _PART.findall(answer.read().decode())
    values = {(part, what): float(value) for what, part, value in rows}
    return {part: (values[part, "sum"], values[part, "count"]) for part, what in values if what == "sum"}


def _rounded(values: Mapping[str, float]) -> dict[str, float]:
    return {name: round(value, 2) for name, value in values.items()}
