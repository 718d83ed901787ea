"""The widget's script travels without its comments, and is otherwise the source."""

from __future__ import annotations

import pytest

from channels.webchat.assets import FOLDER, widget, without_comments


@pytest.mark.parametrize(("source", "served"), [
    ("/* a\n   b */\nlet x = 1; // kept\n// gone\n  /** gone */\n  y();\n", "let x = 1; // kept\n  y();\n"),
    ("/* a */ x();\ny(); /* b */\n", "/* a */ x();\ny(); /* b */\n"),
    ('const url = "https://exemple.fr/*";\nz();\n', 'const url = "https://exemple.fr/*";\nz();\n')])
def test_only_comments_on_lines_of_their_own_are_left_out(source: str, served: str) -> None:
    assert without_comments(source.encode()).decode() == served


def test_every_line_that_is_served_is_a_line_of_the_source() -> None:
    for path in (FOLDER / "widget").glob("*.js"):
        lines, served = path.read_bytes().splitlines(), widget().files[path.name].body.splitlines()
        left = iter(lines)
        assert served and all(line in left for line in served), path.name
