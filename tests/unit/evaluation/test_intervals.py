"""Shares carry their interval, and what was not counted is unknown."""

from __future__ import annotations

import pytest

from evaluation.intervals import Share


@pytest.mark.parametrize(("hits", "count", "low", "high"), [(0, 10, 0.0, 0.278), (32, 224, 0.103, 0.195), (10, 10, 0.722, 1.0)])
def test_the_interval_is_wilsons(hits: int, count: int, low: float, high: float) -> None:
    assert Share(hits, count).interval == (low, high)


def test_nothing_counted_is_a_dash_and_never_zero() -> None:
    nothing = Share(0, 0)
    assert (nothing.value, nothing.interval, str(nothing), nothing.figures()["share"]) == (None, None, "–", None)


def test_a_share_is_read_with_its_interval() -> None:
    assert str(Share(32, 224)) == "14.3 % [10–20] (32/224)"
