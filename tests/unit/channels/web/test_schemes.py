"""The dark scheme is other values of the same variables: so a page that axe knows in light is asked for its contrasts only."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from parcours.paths import ROOT

DARK = "@media(prefers-color-scheme:dark){"
STYLES = [path for path in sorted((ROOT / "channels").rglob("*")) if path.suffix in {".css", ".js", ".html", ".j2"}
          and "prefers-color-scheme" in path.read_text("utf-8")]


def dark_blocks(text: str) -> list[str]:
    """What stands between the braces of each block for the dark scheme."""
    blocks = []
    for part in text.replace(": dark", ":dark").replace(") {", "){").replace("@media (", "@media(").split(DARK)[1:]:
        depth, end = 1, 0
        while depth:
            depth += {"{": 1, "}": -1}.get(part[end], 0)
            end += 1
        blocks.append(part[: end - 1])
    return blocks


def test_the_console_the_pages_and_the_widget_have_one() -> None:
    assert {path.name for path in STYLES} == {"tokens.css", "public.css", "styles.js"}


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_the_dark_scheme_changes_variables_only(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(dark_blocks(text)) == text.count("prefers-color-scheme"), "another way to tell the scheme"
    for block in dark_blocks(text):
        declared = [item.strip() for rule in re.findall(r"\{([^{}]*)\}", block) for item in rule.split(";") if item.strip()]
        assert declared and [item for item in declared if not item.startswith(("--", "color-scheme"))] == []
