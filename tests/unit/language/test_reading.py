"""One reading holds everything, travels as compact JSON, and its cost is bounded."""

from __future__ import annotations

import json
import sys
from types import FrameType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from language.numbers import number_at
from language.reading import Reading, read
from tests.unit.language.test_places import NAMES

LIFE = (
    "slt, jsuis en 3e a Gacé ma tante qui est greffière dit que c bouché mais moi jve faire lad jockey pas à Rouen 🙂 "
    "ya une ecole pas trop loin de chez moi ? j'ai 15 ans et MERCIIII d'avance"
)


def _calls(text: str) -> int:
    count = 0

    def profile(_frame: FrameType, event: str, _argument: object) -> None:
        nonlocal count
        count += event == "call"

    read(text, NAMES)  # tables and caches are there
    sys.setprofile(profile)
    try:
        read(text, NAMES)
    finally:
        sys.setprofile(None)
    return count


def test_a_reading_holds_what_a_message_says() -> None:
    reading = read(LIFE, NAMES)
    assert (reading.age, reading.public, reading.speaks_for) == (15, "collegien", "self")
    assert [place.refused for place in reading.places if place.code == "Rouen"] == [True]
    assert reading.emojis == ("🙂",)
    assert (
        [reading.typed(place) for place in reading.elongated]
        == ["MERCIIII"]
        == [reading.typed(place) for place in reading.capitals]
    )


def test_a_reading_comes_back_whole_from_the_wire() -> None:
    reading = read(LIFE, NAMES)
    assert Reading.from_wire(json.loads(json.dumps(reading.to_wire()))) == reading


@given(st.text(max_size=300))
def test_no_text_makes_a_reading_fail_and_offsets_stay_inside(text: str) -> None:
    reading = read(text, NAMES)
    assert all(0 <= word.start < word.end <= len(text) for word in reading.words)
    assert [place for start, end in reading.clauses for place in range(start, end)] == list(range(len(reading.words)))
    assert Reading.from_wire(json.loads(json.dumps(reading.to_wire()))) == reading


@pytest.mark.parametrize(
    "piece",
    [
        "me ",
        "à ",
        "vers xxxxxx ",
        "apprentissagz ",
        "pas ",
        "je suis ",
        "12 ",
        "s.",
        "a",
        "!",
        "é",
        "mon fils ",
        "\u0301",
        "plutot que ",
    ],
)
def test_the_work_grows_with_the_length_only(piece: str) -> None:
    short, long = (piece * 2000)[:500], (piece * 2000)[:2000]
    assert _calls(long) <= 7 * _calls(short) + 2_000
    assert _calls(long) < 70_000


def test_a_message_of_forty_words_costs_three_thousand_calls() -> None:
    assert len(LIFE.split()) > 40 and _calls(LIFE) < 3_500


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("dix sept", 17),
        ("vingt et un", 21),
        ("quatre vingt dix", 90),
        ("soixante et onze", 71),
        ("trente", 30),
        ("une", 1),
        ("42", 42),
    ],
)
def test_numbers_in_words_are_numbers(words: str, number: int) -> None:
    assert number_at(words.split(), 0) == (number, len(words.split()))


def test_a_word_is_not_a_number() -> None:
    assert number_at(["metier"], 0) is None and number_at([], 0) is None
