"""SMS spellings, hidden words and slips are brought to one normal form; French words stay what they are."""

from __future__ import annotations

import pytest

from language.reading import Names, read
from language.spelling import Spelling, spelling
from language.tables import TableError, table
from tests.unit.language.cases import cases

SHEET_WORDS = Names.of(
    ["Moodle", "Maraîcher", "Mannequin", "Bassiste", "Boissons", "Facture", "Dessert", "Potable", "Campagne", "Généraux"]
)


@pytest.mark.parametrize(("typed", "normal"), cases("spelling")["normal"].items())
def test_a_message_is_read_in_its_normal_form(typed: str, normal: str) -> None:
    assert read(typed).normal == normal


@pytest.mark.parametrize(("typed", "right"), cases("spelling")["slips"].items())
def test_a_slip_on_a_known_word_is_mended(typed: str, right: str) -> None:
    assert read(typed).normal == right


@pytest.mark.parametrize("word", cases("spelling")["untouched"])
def test_a_french_word_is_never_turned_into_another(word: str) -> None:
    assert read(word, SHEET_WORDS).normal == word


def test_no_spelling_stands_twice_in_the_table() -> None:
    Spelling.of(table("sms"))
    with pytest.raises(TableError, match="'jve' stands twice"):
        Spelling.of({"mots": {"je veux": ["jve"], "je vais": ["jve"]}})


def test_no_right_form_is_itself_written_out_again() -> None:
    known = spelling()
    # « c » is what « cest » becomes, with its verb behind it.
    assert {word for right in known.words.values() for word in right if word in known.words} <= {"c"}


def test_every_word_keeps_its_place_in_the_text() -> None:
    reading = read("slt jve être coiffeuse, c koi ?")
    assert [reading.typed(place) for place in range(len(reading.words))] == [
        "slt",
        "jve",
        "jve",
        "être",
        "coiffeuse",
        "c koi",
        "c koi",
        "c koi",
    ]
