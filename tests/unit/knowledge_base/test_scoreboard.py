"""The scoreboard of the search says when a family got worse."""

from __future__ import annotations

from knowledge_base.evaluation.__main__ import drops
from knowledge_base.evaluation.families import Score


def _score(right: int, asked: int = 100) -> Score:
    score = Score("typo")
    for number in range(asked):
        score.add("code", "typed", 0 if number < right else None)
    return score


def test_a_family_that_does_worse_than_the_kept_figures_is_named() -> None:
    assert drops([_score(95)], {"typo": {"first": 0.99, "five": 0.95}}) == ["typo, first: 99.0% -> 95.0%"]


def test_an_equal_better_or_new_family_is_no_drop() -> None:
    assert drops([_score(99)], {"typo": {"first": 0.99, "five": 0.98}}) == []
    assert drops([_score(10)], {}) == []
