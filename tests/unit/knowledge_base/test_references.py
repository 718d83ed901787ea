"""Character references are read, and no number of digits breaks the reading."""

from __future__ import annotations

import pytest

from knowledge_base.references import without_references


@pytest.mark.parametrize(("text", "read"), [("Caf&eacute; &amp; th&#233;", "Café & thé"), ("R&D", "R&D"), ("&#0000065;", "A")])
def test_a_reference_is_its_character(text: str, read: str) -> None:
    assert without_references(text) == read


def test_a_number_of_thousands_of_digits_is_one_unknown_character() -> None:
    assert without_references(f"a&#{'9' * 5000};b") == "a\ufffdb"
