"""Segments are counted as Twilio bills them: the independent calculator must agree on everything we may send."""

from __future__ import annotations

import random
from collections.abc import Iterator
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from channels.delivery.segments import GSM_BASIC, GSM_EXTENDED, graphemes, is_gsm, measure
from channels.sms.folding import fold
from parcours.paths import CONTENT, ROOT
from tests.fixtures.segment_oracle import oracle
from tests.short import short

ODD = ["", "€" * 80, "€" * 81, "a" * 160, "a" * 161, "a" * 306, "a" * 307, "a" * 152 + "€" + "b" * 20,
       "ç" * 70, "ç" * 71, "ç" * 134,
       "ç" * 135, "é" * 160, "\r\n" * 80, "\r\n" * 81, "👍🏽" * 30, "👩‍👩‍👧‍👦" * 7, "👩‍👩‍👧‍👦" * 20, "🇫🇷" * 20,
       "e\u0301" * 40, "a" * 69 + "👍" * 3, "{" * 77 + "a" * 10,
       "a" * 66 + "👨‍🎓" + "ç" * 80, "مرحبا " * 20, "✌️" * 40]


def agree(texts: list[str]) -> None:
    """Every text is counted as the oracle counts it."""
    ours = [(found.encoding, found.segments) for found in map(measure, texts)]
    wrong = [(text, mine, theirs) for text, mine, theirs in zip(texts, ours, oracle(texts), strict=True) if mine != theirs]
    assert wrong == []


def sentences(value: Any) -> Iterator[str]:
    """Every string of a YAML document."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from sentences(item)


def written_by_us() -> list[str]:
    """All that our files may make us say: sheets, sentences of channels and actions."""
    files = [*CONTENT.rglob("*.yml"), *(ROOT / "channels" / "sentences").glob("*.yml"),
             *(ROOT / "actions").rglob("sentences/*.yml")]
    documents = (yaml.load(path.read_text("utf-8"), yaml.CSafeLoader) for path in files)
    return sorted({text for document in documents for text in sentences(document)})


def test_the_calculator_agrees_on_the_edges() -> None:
    agree(ODD)


def test_the_calculator_agrees_on_every_sentence_of_the_knowledge_base() -> None:
    texts = list(short(written_by_us()))
    assert len(texts) > 1000
    agree(texts + [fold(text) for text in texts])


def test_the_calculator_agrees_on_random_mixtures() -> None:
    alphabet = [*sorted(GSM_BASIC), *sorted(GSM_EXTENDED), *"çâêëîïôûœÀ«»’…", "👍", "👍🏽", "🇫🇷", "👨‍👩‍👧", "e\u0301", "ش"]
    dice = random.Random(5)
    agree(["".join(dice.choices(alphabet[: dice.choice([40, 137, len(alphabet)])], k=dice.randrange(400))) for _ in range(1500)])


@pytest.mark.parametrize(("text", "people_see"), [
    ("👍🏽", 1), ("🇫🇷🇫🇷", 2), ("é", 1), ("e\u0301a", 2), ("\r\n", 2), ("👨‍👩‍👧a", 2)])
def test_what_people_see_as_one_character_is_never_cut(text: str, people_see: int) -> None:
    assert len(graphemes(text)) == people_see


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=700))
@settings(max_examples=150, deadline=None)
def test_a_longer_text_never_costs_less(text: str) -> None:
    if is_gsm(text):
        assert measure(text).segments <= measure(text + "a").segments
    assert measure(text).left >= 0
