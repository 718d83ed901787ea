"""The ledger of erasures: written before they are done, readable after a crash, forgotten month by month."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import time_machine

from channels.store.ledger import Entry, Ledger


def test_what_is_noted_is_read_again_in_order(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "erasures")
    with time_machine.travel(datetime(2026, 1, 31, 23, 59, tzinfo=UTC), tick=False):
        ledger.note([("erased", "a1"), ("stop", "h1")])
    with time_machine.travel(datetime(2026, 2, 1, tzinfo=UTC), tick=False):
        ledger.note([("start", "h1")])
    assert [(entry.kind, entry.key) for entry in ledger.entries()] == [("erased", "a1"), ("stop", "h1"), ("start", "h1")]
    assert sorted(path.name for path in (tmp_path / "erasures").iterdir()) == ["2026-01.txt", "2026-02.txt"]


def test_only_its_owner_may_read_it(tmp_path: Path) -> None:
    Ledger(tmp_path / "erasures").note([("erased", "a1")])
    assert all(path.stat().st_mode & 0o077 == 0 for path in [tmp_path / "erasures", *(tmp_path / "erasures").iterdir()])


def test_a_line_that_a_crash_cut_is_left_out(tmp_path: Path) -> None:
    Ledger(tmp_path).note([("erased", "a1")])
    (file,) = tmp_path.iterdir()
    file.write_text(file.read_text("ascii") + "2026-11-27T01:4\nhier erased a2\n\n", "ascii")
    assert [entry.key for entry in Ledger(tmp_path).entries()] == ["a1"]


def test_another_ledger_is_taken_over_once(tmp_path: Path) -> None:
    ours, other = Ledger(tmp_path / "a"), [Entry("2026-01-05T00:00:00+00:00", "erased", "a1")]
    ours.add(other)
    ours.add(other)
    assert ours.entries() == other


def test_whole_months_are_forgotten(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path)
    ledger.add([Entry(f"2026-{month:02}-05T00:00:00+00:00", "erased", f"a{month}") for month in (1, 2, 3)])
    assert ledger.forget(date(2026, 3, 1)) == 2
    assert [entry.key for entry in ledger.entries()] == ["a3"]


def test_a_ledger_that_never_was_is_empty(tmp_path: Path) -> None:
    assert Ledger(tmp_path / "rien").entries() == [] and Ledger(tmp_path / "rien").forget(date(2026, 1, 1)) == 0
