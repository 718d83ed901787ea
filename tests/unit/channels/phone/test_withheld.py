"""A hidden number is nobody's number."""

from __future__ import annotations

import pytest

from channels.phone.withheld import is_withheld, on_keypad


@pytest.mark.parametrize("number", [
    "+7378742833", "+266696687", "+86282452253", "+8656696", "+2562533", "+7748283", f"+{on_keypad('masque')}", "+11", "+999123"])
def test_a_word_on_the_keypad_is_no_number(number: str) -> None:
    assert is_withheld(number)


@pytest.mark.parametrize("words", [
    "not provided", "undisclosed", "unidentified", "not available", "private number", "unknown caller", "blocked id",
    "numero masque", "numero prive", "confidentiel"])
def test_whatever_words_the_network_chose(words: str) -> None:
    assert is_withheld(f"+{on_keypad(words.replace(' ', ''))}")


@pytest.mark.parametrize("number", [
    "+33612345678", "+33799999999", "+33987654321", "+590690001234", "+221771234567",
    "+33231067890", "+262692123456", "+17378742833", "+447911123456", "+3212345678"])
def test_a_number_is(number: str) -> None:
    assert not is_withheld(number)
