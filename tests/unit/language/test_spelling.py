"""SMS spellings, hidden words and slips are brought to one normal form; French words stay what they are."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from language.fold import fold_words
from language.reading import Names, read
from language.spelling import Spelling, spelling
from language.tables import TableError, table
from tests.unit.language.cases import cases

PATTERNS = Path(__file__).resolve().parents[3] / "channels" / "safety" / "patterns"
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


# What the patterns of distress read otherwise, on purpose: half-words of a fright, and words that stand for somebody.
OF_DISTRESS = {"fe", "fai", "jm", "ya", "yavait", "meuf", "keum", "wsh"}


def test_the_spellings_of_the_patterns_of_distress_contradict_the_table_nowhere_else() -> None:
    theirs = yaml.safe_load((PATTERNS / "spelling.yml").read_text(encoding="utf-8"))["mots"]
    pairs = [(str(typed), fold_words(str(right))) for right, listed in theirs.items() for typed in listed]
    ours = {typed: " ".join(right) for typed, right in spelling().words.items()}
    assert {typed for typed, right in pairs if ours.get(typed, right) != right} == OF_DISTRESS


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
