"""Tests write in memory where there is plenty of it, and give it back."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from tests.room import Room


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither the shell nor this very run says where to write."""
    monkeypatch.setenv("TMPDIR", "")
    monkeypatch.setattr(tempfile, "tempdir", tempfile.tempdir)


def test_everything_is_written_in_memory_and_given_back(tmp_path: Path) -> None:
    room = Room.take(tmp_path, needed=1)
    assert room.folder and tempfile.gettempdir() == os.environ["TMPDIR"] == str(room.folder)
    room.pytest_unconfigure()
    assert list(tmp_path.iterdir()) == []


def test_what_a_failed_run_wrote_stays_until_the_next_one(tmp_path: Path) -> None:
    room = Room.take(tmp_path, needed=1)
    room.pytest_sessionfinish(1)
    room.pytest_unconfigure()
    assert room.folder and room.folder.exists()
    of_a_dead_process = room.folder.rename(tmp_path / "parcours-tests-4194305")  # beyond the largest process id
    os.environ["TMPDIR"] = ""
    assert Room.take(tmp_path, needed=1).folder and not of_a_dead_process.exists()


@pytest.mark.parametrize("needed", [1, 2**60])
def test_what_the_shell_says_and_a_machine_without_memory_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, needed: int
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path) if needed == 1 else "")
    assert Room.take(tmp_path / "nowhere" if needed == 1 else tmp_path, needed).folder is None
    assert list(tmp_path.iterdir()) == []
