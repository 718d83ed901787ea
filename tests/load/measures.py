"""What the bench measures beside the turns: memory, start, training, search."""

from __future__ import annotations

import shutil
import statistics
import tempfile
import time
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import psutil

from knowledge_base.facade import KnowledgeBase
from knowledge_base.settings import KnowledgeSettings
from parcours.training import train
from tests.load.people import QUESTIONS

MEGA = 1024 * 1024


def memory_mb(pids: Iterable[int]) -> float:
    """Proportional memory (PSS) of processes and their children in MB: a page that two share counts once."""
    total = 0
    for pid in pids:
        process = psutil.Process(pid)
        total += sum(one.memory_full_info().pss for one in [process, *process.children(recursive=True)])
    return total / MEGA


def training_seconds() -> float:
    """A training from nothing: no cache, no earlier model."""
    with tempfile.TemporaryDirectory(prefix="parcours-train-") as folder:
        shutil.rmtree(Path.cwd() / ".rasa", ignore_errors=True)
        started = time.monotonic()
        train(Path(folder))
        return time.monotonic() - started


@dataclass(frozen=True)
class SearchTimes:
    """Milliseconds of a look-up in this process, on `sheets` sheets."""

    sheets: int
    p50: float
    p95: float


def search_times(state_dir: Path, rounds: int = 40) -> SearchTimes:
    """Times `KnowledgeBase.search` on the knowledge base of a state directory."""
    settings = KnowledgeSettings(state_dir=state_dir, database_url=None)
    base = KnowledgeBase.open(settings.knowledge_url, state_dir)
    times = []
    for _ in range(rounds):
        for question in QUESTIONS:
            started = time.perf_counter()
            base.search(question)
            times.append((time.perf_counter() - started) * 1000)
    return SearchTimes(base.sheet_count, statistics.median(times), statistics.quantiles(times, n=20)[18])
