"""A name is wanted unless the words around it say otherwise."""

from __future__ import annotations

import pytest

from language.reading import read
from language.roles import role_of
from language.words import normal
from tests.unit.language.cases import cases


@pytest.mark.parametrize(("text", "name", "role"), cases("roles"))
def test_the_role_of_a_name(text: str, name: str, role: str) -> None:
    reading = read(text)
    words = normal(name).split()
    start = next(place for place in range(len(reading.forms)) if reading.forms[place : place + len(words)] == words)
    assert role_of(reading, start, start + len(words)) == role
