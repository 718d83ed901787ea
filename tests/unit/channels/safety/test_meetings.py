"""Ideas that meet: in order or not, how far apart, what cancels it."""

from __future__ import annotations

import pytest

from channels.safety.meetings import Meeting
from channels.safety.vocabulary import Vocabulary, VocabularyError

IDEAS = Vocabulary({
    "pere": ["pere", "beau pere"], "moi": ["me", "m"], "coup": ["frapper~", "coup+"], "peur": ["peur"], "sport": ["boxe"]})


def takes_place(line: str, plain: str) -> bool:
    return Meeting.of(line).holds(IDEAS.read(plain.split()))


def test_an_arrow_asks_for_that_order() -> None:
    assert takes_place("pere > moi > coup", "mon pere il me frappe")
    assert not takes_place("pere > moi > coup", "il me frappe mon pere")


def test_a_plus_takes_any_order() -> None:
    assert takes_place("pere + coup", "les coups de mon pere")
    assert takes_place("pere + coup", "mon pere et ses coups")


def test_a_chain_and_something_beside_it() -> None:
    assert takes_place("moi > coup + peur", "il me frappe j ai peur")
    assert takes_place("moi > coup + peur", "j ai peur il me frappe")
    assert not takes_place("moi > coup + peur", "il me frappe")


def test_ideas_too_far_apart_do_not_meet() -> None:
    assert takes_place("pere > coup / 3", "pere qui me frappe")
    assert not takes_place("pere > coup / 2", "pere qui me frappe")


def test_what_cancels_the_meeting_counts_wherever_it_stands() -> None:
    assert not takes_place("pere + coup - sport", "mon pere donne des coups il est prof de boxe")


def test_the_same_words_are_not_two_ideas() -> None:
    assert not takes_place("pere + pere", "mon pere")
    assert takes_place("pere + pere", "mon pere et le pere de lea")


@pytest.mark.parametrize("line", ["", "pere >", "pere > Moi", "pere / x", "pere, moi"])
def test_a_line_that_cannot_be_read_is_refused(line: str) -> None:
    with pytest.raises(VocabularyError):
        Meeting.of(line)
