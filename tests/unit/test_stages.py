"""The suite says where its time goes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.stages import BEFORE, INSTALLED_AT, PREPARING, Stages, stage_of

pytest_plugins = ["pytester"]


@pytest.fixture(autouse=True)
def _a_run_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the run around it says (.ci/run, make) is not said here."""
    monkeypatch.delenv(BEFORE, raising=False)
    monkeypatch.delenv(INSTALLED_AT, raising=False)


def _report(nodeid: str, when: str, seconds: float) -> pytest.TestReport:
    return pytest.TestReport(nodeid, (nodeid, None, ""), {}, "passed", None, when, duration=seconds)  # type: ignore[arg-type]


@pytest.mark.parametrize(("nodeid", "stage"), [
    ("tests/unit/channels/test_a.py::test_x", "unit"), ("tests/integration/actions/test_a.py::test_x", "integration/actions"),
    ("tests/integration/test_databases.py::test_x", "integration"), ("tests/e2e/test_a.py::test_x[a/b]", "e2e"),
    ("test_a.py::test_x", "test_a.py"),
])
def test_a_stage_is_a_folder(nodeid: str, stage: str) -> None:
    assert stage_of(nodeid) == stage


def test_seconds_add_up_and_big_fixtures_stand_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    stages = Stages(started=1_000_000_000.0)
    monkeypatch.setenv(INSTALLED_AT, "999999940")
    for nodeid, when, seconds in (("tests/unit/a.py::x", "setup", 0.5), ("tests/unit/a.py::x", "call", 2.0),
                                  ("tests/e2e/b.py::y", "setup", 30.0), ("tests/e2e/b.py::y", "call", 9.0)):
        stages.pytest_runtest_logreport(_report(nodeid, when, seconds))
    assert stages.seconds == {"unit": 2.5, PREPARING: 30.0, "e2e": 9.0}
    said = [" ".join(line.split()) for line in stages.lines()]
    assert said[:4] == ["installation 60 s", "préparation 30 s", "e2e 9 s 1 tests", "unit 2 s 1 tests"]
    assert said[-1] == "le plus long : tests/e2e/b.py::y (9 s)"


def test_what_ran_before_the_suite_is_said_first(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "stages").write_text("style et types                25 s\n", encoding="utf-8")
    monkeypatch.setenv(BEFORE, str(tmp_path / "stages"))
    assert Stages().lines()[0] == "style et types                25 s"


def test_it_is_said_just_before_pytests_own_line(pytester: pytest.Pytester) -> None:
    pytester.makepyfile("def test_x(): pass\ndef test_y(): assert False")
    pytester.makeini("[pytest]\nasyncio_default_fixture_loop_scope = function\n")
    lines = pytester.runpytest_inprocess(plugins=[Stages()]).outlines
    assert "1 failed, 1 passed" in lines[-1]
    assert lines[-2].startswith("le plus long : ") and any("où passe le temps" in line for line in lines[-7:])
