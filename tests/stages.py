"""Where the suite's time goes: seconds of work by stage, said last but for pytest's own line."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from _pytest.terminal import TerminalReporter

INSTALLED_AT = "PARCOURS_MAKE_STARTED"  # seconds since 1970; set by the Makefile, so that installing counts too
BEFORE = "PARCOURS_STAGES"  # a file of lines to say first: what .ci/run did before the suite
BIG = 1.0  # seconds: a fixture that takes longer is a stage of its own (starting helplines, databases, browsers)
PREPARING = "préparation"


@dataclass(eq=False)  # a plugin is itself: pytest keeps plugins in sets
class Stages:
    """A plugin of the process that prints; workers send their reports there. Seconds of two workers add up."""

    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    tests: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    slowest: tuple[float, str] = (0.0, "")
    started: float = field(default_factory=time.time)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        """Counts one phase of one test."""
        stage = PREPARING if report.when != "call" and report.duration > BIG else stage_of(report.nodeid)
        self.seconds[stage] += report.duration
        if report.when == "call":
            self.tests[stage] += 1
            self.slowest = max(self.slowest, (report.duration, report.nodeid))

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_terminal_summary(self, terminalreporter: TerminalReporter) -> Iterator[None]:
        """After all other summaries."""
        yield
        if self.seconds:
            terminalreporter.section("où passe le temps", sep="-")
            for line in self.lines():
                terminalreporter.line(line)

    def lines(self) -> list[str]:
        """The stages, the longest first, then the whole."""
        began = float(os.environ.get(INSTALLED_AT) or self.started)
        rows = sorted(self.seconds.items(), key=lambda row: -row[1])
        install = [f"{'installation':24} {self.started - began:7.0f} s"] if began < self.started else []
        stages = [f"{stage:24} {seconds:7.0f} s  {self._count(stage)}" for stage, seconds in rows]
        seconds, name = self.slowest
        return [*_before(), *install, *(line.rstrip() for line in stages), f"{'en tout, au mur':24} {time.time() - began:7.0f} s",
                f"le plus long : {name} ({seconds:.0f} s)"]

    def _count(self, stage: str) -> str:
        return f"{self.tests[stage]} tests" if stage in self.tests else ""


def _before() -> list[str]:
    path = Path(os.environ.get(BEFORE) or os.devnull)
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def stage_of(nodeid: str) -> str:
    """`unit`, `integration`… by the folder; the big rooms of one by theirs.

    >>> stage_of("tests/integration/channels/test_relay.py::test_x")
    'integration/channels'
    """
    parts = nodeid.split("::")[0].split("/")
    depth = 3 if parts[1:2] == ["integration"] and len(parts) > 3 else 2
    return "/".join(parts[1:depth]) or parts[0]
