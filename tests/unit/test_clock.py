"""One clock: the only reader of the time, and the only place where tests may move it for a whole process."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

import clock
from parcours.paths import ROOT

CHRISTMAS_EVE = datetime(2026, 12, 24, 10, tzinfo=clock.PARIS)
READERS = {("datetime", "now"), ("datetime", "utcnow"), ("datetime", "today"), ("date", "today"),
           ("time", "time"), ("time", "time_ns"), ("time", "localtime"), ("time", "gmtime"), ("time", "ctime")}
FROM_TIME = {name for module, name in READERS if module == "time"}
# What is measured is compared with the clock of a browser, or of make.
MEASURES = {ROOT / "tests" / "load", ROOT / "tests" / "stages.py"}
_ASKS = ("import subprocess, sys, clock; print(clock.now().isoformat());"
         "sys.argv[1:] and subprocess.run([sys.executable, '-c', sys.argv[1]])")


def _sources() -> Iterator[Path]:
    for folder in ("actions", "bot", "channels", "evaluation", "knowledge_base", "language", "parcours", "tests"):
        for path in sorted((ROOT / folder).glob("*")):
            if path in MEASURES or path.name == ".venv":
                continue
            yield from [path] if path.suffix == ".py" else path.rglob("*.py")


def _readings(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute):
            owner = node.value.id if isinstance(node.value, ast.Name) else getattr(node.value, "attr", "")
            if (owner, node.attr) in READERS:
                yield f"{path.relative_to(ROOT)}:{node.lineno} reads {owner}.{node.attr}"
        elif isinstance(node, ast.ImportFrom) and node.module == "time" and FROM_TIME & {alias.name for alias in node.names}:
            yield f"{path.relative_to(ROOT)}:{node.lineno} imports from time"


def _ask(environment: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    bare = {name: value for name, value in os.environ.items() if name not in {clock.SETTING, clock.TESTING}}
    return subprocess.run([sys.executable, "-c", _ASKS, *arguments], cwd=ROOT, env={**bare, **environment},
                          capture_output=True, text=True, check=False)


def test_nothing_else_reads_the_time() -> None:
    assert [reading for path in _sources() for reading in _readings(path)] == []


def test_the_day_is_the_one_of_a_norman_calendar() -> None:
    with time_machine.travel(datetime(2026, 11, 30, 23, 30, tzinfo=UTC)):
        assert clock.today() == date(2026, 12, 1)


def test_a_process_and_what_it_starts_are_told_the_same_other_time() -> None:
    asked = _ask(clock.starting_at(CHRISTMAS_EVE), _ASKS)
    said = [datetime.fromisoformat(line) for line in asked.stdout.split()]
    assert len(said) == 2 and all(timedelta(0) <= one - CHRISTMAS_EVE < timedelta(minutes=5) for one in said)
    assert said[0] < said[1]


def test_an_instant_alone_is_the_time_at_which_the_process_starts() -> None:
    asked = _ask({clock.SETTING: CHRISTMAS_EVE.isoformat(), clock.TESTING: "1"})
    assert timedelta(0) <= datetime.fromisoformat(asked.stdout.strip()) - CHRISTMAS_EVE < timedelta(minutes=5)


def test_outside_of_tests_another_time_is_refused_with_a_sentence() -> None:
    asked = _ask({clock.SETTING: CHRISTMAS_EVE.isoformat()})
    assert asked.returncode == 1 and "ne sert qu'aux essais" in asked.stderr and "Traceback" not in asked.stderr


@pytest.mark.parametrize("told", ["demain", "2026-12-24T10:00", "24/12/2026"])
def test_a_time_that_cannot_be_read_is_said(told: str) -> None:
    with pytest.raises(SystemExit, match="fuseau"):
        clock.shift_of({clock.SETTING: told, clock.TESTING: "1"})
