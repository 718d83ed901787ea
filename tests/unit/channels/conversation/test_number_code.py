"""How a code is read in what people type."""

from __future__ import annotations

import pytest

from channels.conversation.forms.number_code import new_code, typed


@pytest.mark.parametrize("text, code", [
    ("123456", "123456"), ("c'est 123 456", "123456"), ("12-34-56 merci", "123456"), ("le code : 004512.", "004512")])
def test_six_digits_are_the_code(text: str, code: str) -> None:
    assert typed(text) == code


@pytest.mark.parametrize("text", ["12345", "06 12 34 56 78", "j'ai 17 ans", "et la VAE ?"])
def test_anything_else_is_none(text: str) -> None:
    assert typed(text) is None


def test_a_code_always_has_six_digits() -> None:
    assert {len(new_code()) for _ in range(50)} == {6}
