"""`make bench`: turn latency and throughput, search, start, training, memory; beside it, in the same run, Rasa's starter bot.

Exit status 1 when a limit of the project is broken. Figures go to the screen, to docs/bench.json and, for the messages
as people write them, to docs/bench_real.json.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from knowledge_base.facade import KnowledgeBase
from tests.e2e.widget_timings import Figures, measure
from tests.fixtures.shipped_knowledge import shipped_knowledge
from tests.load.console_desk import Desk, full_desk
from tests.load.measures import SearchTimes, memory_mb, search_times, training_seconds
from tests.load.people import Enter, Load, LongTalk, helpline, load, long_talk
from tests.load.people import starter_bot as starter_people
from tests.load.real_messages import SAMPLE, RealLoad, keep_real, real_load
from tests.load.safety_load import slowest_reading
from tests.load.search_load import COURSES, TITLES, search_at_courses, search_at_titles
from tests.load.starter import starter_bot
from tests.stack import running_stack, shared_model

PEOPLE = (1, 8, 32)
TURNS = {1: 120, 8: 40, 32: 20}
CONVERSATIONS = 15
FIGURES = Path("docs/bench.json")


@dataclass(frozen=True)
class Limit:
    """One promise: what is measured, its limit, how they compare."""

    name: str
    value: float
    limit: float
    at_most: bool

    @property
    def kept(self) -> bool:
        return self.value <= self.limit if self.at_most else self.value >= self.limit

    def __str__(self) -> str:
        sign = "≤" if self.at_most else "≥"
        return f"{'ok ' if self.kept else 'NOT'}  {self.name}: {self.value:.1f} ({sign} {self.limit:g})"


def run_loads(enter: Enter, say: Callable[[str], None] = print) -> dict[int, Load]:
    """The same conversation load with 1, 8 and 32 people, after a short warm-up."""
    asyncio.run(load(enter, 2, 10))
    results = {}
    for people in PEOPLE:
        result = results[people] = asyncio.run(load(enter, people, TURNS[people]))
        say(f"  {people:>3} people: {result.turns_per_second:6.1f} turns/s, p50 {result.p50:6.1f} ms, "
            f"p95 {result.p95:6.1f} ms, {result.failures} without an answer")
    return results


@dataclass(frozen=True)
class Helpline:
    """What was measured on ours: loads by number of people, a long talk, start in s, memory in MB, search, widget, console."""

    loads: dict[int, Load]
    talk: LongTalk
    start: float
    memory: float
    real: RealLoad
    search: SearchTimes
    widget: Figures
    desk: Desk


def bench_helpline() -> Helpline:
    """Ours: every message through the gateway and stored."""
    shared_model()  # trained before the clock starts: what is timed is a start with a trained model
    started = time.monotonic()
    with running_stack() as stack:
        start = time.monotonic() - started
        print(f"Helpline (start with a trained model: {start:.1f} s)")
        loads = run_loads(helpline(stack.url))
        talk = asyncio.run(long_talk(helpline(stack.url), CONVERSATIONS))
        print(f"  long talk: 5th turn {statistics.median(talk.early):.1f} ms, 60th {statistics.median(talk.late):.1f} ms")
        pids = stack.pids()
        memory = memory_mb(pids[name] for name in ("engine", "actions", "gateway"))
        processes = {name: pids[name] for name in ("gateway", "engine", "actions")}
        real = real_load(helpline(stack.url), processes, f"{stack.url}/metrics")
        print(f"Helpline, {SAMPLE} messages as people write them\n{real}")
        return Helpline(loads, talk, start, memory, real, search_times(stack.state_dir), measure(stack.url),
                        full_desk(stack.url, stack.state_dir))


def bench_starter() -> tuple[dict[int, Load], RealLoad]:
    """The yardstick. Returns its loads, on its own word and on the messages of people."""
    with tempfile.TemporaryDirectory(prefix="rasa-starter-") as folder, starter_bot(Path(folder)) as (url, training, pids):
        print(f"Rasa's starter bot, one custom action (training: {training:.1f} s)")
        loads = run_loads(starter_people(url))
        real = real_load(starter_people(url, own_words=True), dict(zip(("actions", "engine"), pids, strict=True)))
        print(f"Rasa's starter bot, the same {SAMPLE} messages\n{real}")
        return loads, real


def bench_real() -> None:
    """Only the messages as people write them, on both."""
    with running_stack({}, shipped_knowledge()) as stack:
        pids = stack.pids()
        processes = {name: pids[name] for name in ("gateway", "engine", "actions")}
        ours = real_load(helpline(stack.url), processes, f"{stack.url}/metrics")
    print(f"Helpline, {SAMPLE} messages as people write them\n{ours}", flush=True)
    with tempfile.TemporaryDirectory(prefix="rasa-starter-") as folder, starter_bot(Path(folder)) as (url, _, started):
        starter = real_load(starter_people(url, own_words=True), dict(zip(("actions", "engine"), started, strict=True)))
    print(f"Rasa's starter bot, the same {SAMPLE} messages\n{starter}")
    keep_real(ours, starter)


def limits(ours: Helpline, starter: dict[int, Load], training: float) -> list[Limit]:
    """The promises of the project, measured."""
    alone, crowd = ours.loads[1], ours.loads[32]
    unanswered = sum(result.failures for result in ours.loads.values())
    return [
        Limit("p50 of a turn, one person (ms)", alone.p50, 25, at_most=True),
        Limit("turns/s, 32 people", crowd.turns_per_second, 60, at_most=False),
        Limit("p95 of a turn, 32 people (ms)", crowd.p95, 800, at_most=True),
        Limit("throughput against the starter bot, 32 people", crowd.turns_per_second / starter[32].turns_per_second,
              2.5, at_most=False),
        Limit("turns without an answer", float(unanswered), 0, at_most=True),
        Limit("60th turn of a conversation against the 5th", ours.talk.growth, 1.5, at_most=True),
        Limit("start with a trained model (s)", ours.start, 30, at_most=True),
        Limit("training (s)", training, 45, at_most=True),
        Limit("memory of the three processes (MB)", ours.memory, 1300, at_most=True),
        Limit("p95 of a search (ms)", ours.search.p95, 2, at_most=True),
        Limit("messages of people without an answer", float(ours.real.failures), 0, at_most=True),
        *reading_limits(),
        *search_limits(),
        *widget_limits(ours.widget),
        *desk_limits(ours.desk),
    ]


def search_limits() -> list[Limit]:
    """The search in this process at its two promised sizes, on synthetic sheets."""
    with tempfile.TemporaryDirectory(prefix="parcours-search-") as name:
        folder = Path(name)
        base = KnowledgeBase.open(f"sqlite:///{folder / 'knowledge.sqlite3'}", folder)
        courses = search_at_courses(base, folder / "courses")
        titles = search_at_titles(base, folder / "titles")
        base.close()
    return [
        Limit(f"p95 of a search at {TITLES} names of trades (ms)", titles.p95, 2, at_most=True),
        Limit(f"p95 of a search at {COURSES} courses (ms)", courses.p95, 15, at_most=True),
        Limit(f"building the index of {COURSES} courses (s)", courses.build_seconds, 20, at_most=True),
    ]


def reading_limits() -> list[Limit]:
    """The distress patterns on texts made to be slow."""
    slowest = slowest_reading()
    return [
        Limit("slowest text of 2,000 characters read for distress (ms of processor)", slowest.milliseconds, 250, at_most=True),
        Limit("the same text, twice as long (times dearer)", slowest.growth, 4, at_most=True),
    ]


def widget_limits(widget: Figures) -> list[Limit]:
    """What the widget may weigh and cost its host page."""
    return [
        Limit("loader of the widget (bytes gzipped)", widget.loader_bytes, 3 * 1024, at_most=True),
        Limit("whole widget (bytes gzipped)", widget.whole_bytes, 30 * 1024, at_most=True),
        Limit("first paint of the panel, CPU 6 times slower (ms)", widget.first_paint_ms, 100, at_most=True),
        Limit("longest task of the widget, CPU 6 times slower (ms)", widget.longest_task_ms, 50, at_most=True),
        Limit("layout shift of the host page", widget.layout_shift, 0, at_most=True),
    ]


def desk_limits(desk: Desk) -> list[Limit]:
    """What advisors wait for, and what their queue weighs."""
    return [
        Limit("p95 of a new message on the advisor's screen, 20 advisors, 200 cases (ms)", desk.screen_p95, 300, at_most=True),
        Limit("p95 of a new message on the advisors' streams (ms)", desk.p95, 300, at_most=True),
        Limit("messages that no advisor's screen got", float(desk.lost), 0, at_most=True),
        Limit("queue page with 500 open cases, all its files (bytes gzipped)", desk.queue_bytes, 150_000, at_most=True),
    ]


def main(argv: Sequence[str] | None = None) -> int:
    """Runs everything, or with `--real` the messages of people only; 1 when a promise is broken."""
    if "--real" in (sys.argv[1:] if argv is None else argv):
        bench_real()
        return 0
    training = training_seconds()
    print(f"Training from nothing: {training:.1f} s")
    ours = bench_helpline()
    search = ours.search
    print(ours.widget)
    print(ours.desk)
    print(f"Memory {ours.memory:.0f} MB; search on {search.sheets} sheets p50 {search.p50:.2f} ms, p95 {search.p95:.2f} ms")
    starter, starter_real = bench_starter()
    keep_real(ours.real, starter_real)
    promises = limits(ours, starter, training)
    print("\n".join(str(promise) for promise in promises))
    FIGURES.write_text(json.dumps({promise.name: asdict(promise) for promise in promises}, indent=1) + "\n")
    return 0 if all(promise.kept for promise in promises) else 1


if __name__ == "__main__":
    sys.exit(main())
