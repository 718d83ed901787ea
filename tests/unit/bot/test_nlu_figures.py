"""The table of docs/nlu/README.md says what the measured files say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(__file__).resolve().parents[3] / "docs" / "nlu"
README = (FOLDER / "README.md").read_text(encoding="utf-8")
MEASURED = sorted(path for path in FOLDER.glob("*.json") if "per_intent" in path.read_text(encoding="utf-8"))


def row_of(name: str, figures: dict[str, Any]) -> str:
    """A measured file as its line of the table."""
    acts = figures["as_acts"]
    shares = (figures["accuracy"], figures["accuracy_among_three"], figures["macro_f1"], acts["questions_taken_for_one"],
              acts["other_acts_heard"], acts["out_of_scope_turned_away"])
    cells = [f"`{name}`", str(figures["sentences"]), *(f"{100 * share:.1f} %" for share in shares)]
    return "| " + " | ".join(cells) + " |"


@pytest.mark.parametrize("path", MEASURED, ids=lambda path: str(path.name))
def test_every_measured_file_is_shown_as_it_is(path: Path) -> None:
    assert row_of(path.name, json.loads(path.read_text(encoding="utf-8"))) in README


def test_our_own_figures_are_of_the_same_training_sentences() -> None:
    digests = {json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))["training_digest"]
               for name in ("heldout", "second", "cross_validation")}
    assert len(digests) == 1, "measure all three again: make eval-nlu"
