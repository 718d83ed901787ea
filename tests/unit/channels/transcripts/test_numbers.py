"""The number of a promised call is read before it is masked."""

from __future__ import annotations

import pytest

from channels.transcripts.model import ADVISOR, CALLER, Line
from channels.transcripts.numbers import number_given


def _lines(*said: tuple[str, str]) -> list[Line]:
    return [Line(text, speaker, None, None, None) for speaker, text in said]


@pytest.mark.parametrize("text", [
    "Mon numéro est le 06 12 34 56 78.", "c'est le 06.12.34.56.78", "au +33 6 12 34 56 78 s'il vous plaît",
    "zéro six, douze, trente-quatre, cinquante-six, soixante-dix-huit",
])
def test_a_number_is_read_in_figures_and_in_words(text: str) -> None:
    assert number_given(_lines((CALLER, text))) == "+33612345678"


def test_the_caller_is_believed_before_the_advisor_and_the_last_word_counts() -> None:
    lines = _lines((CALLER, "au 06 12 34 56 78"), (CALLER, "non, plutôt le 06 39 98 00 01"), (ADVISOR, "le 02 31 00 00 00"))
    assert number_given(lines) == "+33639980001"


def test_an_advisor_who_repeats_it_is_heard_too() -> None:
    assert number_given(_lines((ADVISOR, "je vous rappelle au 06 12 34 56 78"))) == "+33612345678"


def test_no_number_no_guess() -> None:
    assert number_given(_lines((CALLER, "j'ai quinze ans et dix de moyenne"))) is None
