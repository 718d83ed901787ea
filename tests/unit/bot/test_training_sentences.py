"""The training sentences: enough, varied, none twice, none for an act that the dialogue does not know."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml

from bot.evaluation.sentences import read_folder

ROOT = Path(__file__).resolve().parents[3]
SENTENCES = read_folder(ROOT / "data" / "acts")


def test_there_are_at_least_2500_sentences() -> None:
    assert len(SENTENCES) >= 2500


def test_every_act_of_the_domain_has_at_least_25_sentences_and_no_other_has_any() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    counted = Counter(sentence.intent for sentence in SENTENCES)
    assert set(counted) == set(domain["intents"])
    assert {name: number for name, number in counted.items() if number < 25} == {}


def test_no_sentence_stands_twice() -> None:
    counted = Counter(sentence.key for sentence in SENTENCES if sentence.key)
    assert [key for key, number in counted.items() if number > 1] == []


def test_no_sentence_begins_like_a_command_of_the_engine() -> None:
    assert [sentence.text for sentence in SENTENCES if sentence.text.startswith("/")] == []
