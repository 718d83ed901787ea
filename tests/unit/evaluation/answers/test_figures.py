"""Figures by voice, channel and kind; what was not counted is a dash; a drop is told when it is more than noise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from evaluation.answers.figures import drops, hits_of, list_figures
from evaluation.answers.keeping import OtherList, keep_run, kept_figures
from evaluation.answers.listed import Listed
from evaluation.answers.marks import Marks
from tests.unit.evaluation.answers.people import MESSAGE

GOOD = Marks(first=True, three=True, needs=(True, False), precise=True, refused=False, asked=False)
BAD = Marks(first=False, three=False, needs=(False,), refused=True, asked=False)


def _marked() -> list[tuple[Listed, Marks]]:
    return [(MESSAGE, GOOD), (replace(MESSAGE, id="w3-002", group="adultes", channel="web"), BAD),
            (replace(MESSAGE, id="w3-003", scope="out", needs=()), Marks(out_refused=True))]


def test_shares_are_of_what_was_counted() -> None:
    everything = list_figures(_marked())["all"]
    assert (everything["first"]["of"], everything["first"]["share"], everything["needs"]["of"]) == (2, 0.5, 3)
    assert everything["out_refused"]["of"] == 1
    assert everything["precise"] == {"share": 1.0, "interval": (0.207, 1.0), "hits": 1, "of": 1}
    assert everything["understood"]["share"] is None


def test_they_are_given_by_voice_channel_and_kind_with_rare_kinds_together() -> None:
    figures = list_figures(_marked())
    assert set(figures["by_group"]) == {"jeunes", "adultes"} and set(figures["by_channel"]) == {"sms", "web"}
    assert set(figures["by_kind"]) == {"autres"}


@pytest.mark.parametrize(("before", "after", "told"), [
    (range(20), range(20), False), (range(20), range(17), False), (range(20), range(16), True),
    (range(20), [*range(10), *range(20, 27)], False), (range(20), [*range(5), *range(20, 24)], True),
], ids=["nothing moved", "three lost", "four lost, none won", "ten lost, seven won", "fifteen lost, four won"])
def test_a_drop_is_told_when_it_is_more_than_noise(before: Any, after: Any, told: bool) -> None:
    assert bool(drops({"first": [str(one) for one in before]}, {"first": [str(one) for one in after]})) == told


def test_a_mark_that_was_not_kept_before_cannot_drop() -> None:
    assert drops({}, hits_of(_marked())) == {}


def test_hits_are_kept_by_message_and_by_need() -> None:
    assert hits_of(_marked()) == {"first": ["w1-001"], "three": ["w1-001"], "needs": ["w1-001.0"], "out_refused": ["w3-003"]}


def test_history_is_kept_and_a_list_that_changed_is_refused(tmp_path: Path) -> None:
    messages, run = [one for one, _ in _marked()], {"date": "2026-11-30", "note": "au départ", **list_figures(_marked())}
    keep_run("daily", messages, run, hits_of(_marked()), tmp_path)
    keep_run("daily", messages, {**run, "note": "après"}, hits_of(_marked()), tmp_path)
    assert [one["note"] for one in kept_figures("daily", tmp_path)["runs"]] == ["au départ", "après"]
    page = (tmp_path / "README.md").read_text(encoding="utf-8")
    assert f"| 2026-11-30 | après | {len(messages)} | 50 % [" in page and "| – |" in page
    with pytest.raises(OtherList):
        keep_run("daily", [replace(messages[0], message="autre")], run, None, tmp_path)
