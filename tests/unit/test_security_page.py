"""docs/security.md and docs/operations.md name tests that exist."""

from __future__ import annotations

import re

import pytest

from parcours.paths import ROOT

_NAMED = re.compile(r"`(tests/[\w/]+(?:\.py)?/?)(?:::(\w+))?`")


@pytest.mark.parametrize("page", ["security.md", "operations.md"])
def test_every_test_that_the_page_names_exists(page: str) -> None:
    named = _NAMED.findall((ROOT / "docs" / page).read_text("utf-8"))
    assert named
    for file, name in named:
        assert (ROOT / file).exists(), file
        assert not name or f"def {name}(" in (ROOT / file).read_text("utf-8"), f"{file}::{name}"
