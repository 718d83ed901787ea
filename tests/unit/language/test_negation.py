"""What is refused, and only that."""

from __future__ import annotations

import pytest

from language.reading import read
from tests.unit.language.cases import cases


@pytest.mark.parametrize("case", cases("negation"), ids=lambda case: str(case["text"]))
def test_only_what_is_refused_is_in_the_scope(case: dict[str, object]) -> None:
    reading = read(str(case["text"]))
    assert [" ".join(reading.forms[start:end]) for start, end in reading.refused] == case["refused"]
