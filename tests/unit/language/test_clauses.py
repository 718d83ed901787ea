"""A message is cut into clauses, dictated or punctuated."""

from __future__ import annotations

import pytest

from language.reading import read
from tests.unit.language.cases import cases


@pytest.mark.parametrize("case", cases("clauses"), ids=lambda case: case["text"] or "rien")
def test_a_message_is_cut_where_a_new_thing_is_said(case: dict[str, object]) -> None:
    reading = read(str(case["text"]))
    assert [" ".join(reading.forms[start:end]) for start, end in reading.clauses] == case["clauses"]
