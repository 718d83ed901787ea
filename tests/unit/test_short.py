"""A large grid has a short form that covers it evenly; `make soak` runs all of it."""

from __future__ import annotations

import pytest

from tests.short import MOST, WHOLE, short


def test_a_large_grid_is_cut_evenly_and_a_small_one_stays_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(WHOLE, raising=False)
    kept = short(range(9_000))
    assert len(kept) <= MOST and kept[0] == 0 and kept[-1] > 8_990
    assert short("abc") == "abc"


def test_the_soak_runs_all_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(WHOLE, "1")
    assert len(short(range(9_000))) == 9_000
