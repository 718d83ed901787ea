"""What is learnt from and what measures share no cloth."""

from __future__ import annotations

from itertools import chain

import pytest

from evaluation.answers.listed import LISTS, list_path, read_list
from evaluation.overlap import shared, training_messages, words_of
from parcours.paths import ROOT

EIGHT = "que y a une école pas trop loin"


def test_a_word_keeps_its_apostrophe_and_loses_its_accents() -> None:
    assert words_of("J’ai été à l'école, s'il-vous-plaît !") == ["j'ai", "ete", "a", "l'ecole", "s'il-vous-plait"]


@pytest.mark.parametrize(("one", "other", "too_much"), [
    (f"est-ce {EIGHT} de Caen svp dites moi vite car je pars demain", f"je veux savoir, {EIGHT.upper()}", True),
    ("est-ce que y a une école pas trop chère pour moi", f"je veux savoir, {EIGHT}", False),
    ("je veux devenir infirmière à Caen", "je veux devenir infirmière à Rouen", True),
    ("coiffure", "coiffure", False),
], ids=["huit mots de suite", "sept mots de suite", "la moitié des suites de cinq", "trop court pour le dire"])
def test_eight_words_in_a_row_or_half_of_the_sequences_are_too_much(one: str, other: str, too_much: bool) -> None:
    assert (("a", "b") in set(shared({"a": one}, {"b": other}))) == too_much


def test_a_message_is_not_compared_with_itself() -> None:
    assert list(shared({"a": EIGHT}, {"a": EIGHT})) == []


def test_what_is_learnt_from_is_read_without_its_marks() -> None:
    learnt = training_messages(ROOT / "data")
    assert len(learnt) > 8000 and not any("](" in text for text in learnt.values())


@pytest.mark.parametrize("name", LISTS)
def test_no_message_of_a_list_shares_too_much_with_what_is_learnt_from(name: str) -> None:
    texts = {one.id: one.message for one in read_list(list_path(name))}
    assert list(shared(texts, training_messages(ROOT / "data"))) == []


def test_the_lists_share_nothing_with_one_another() -> None:
    frozen, daily = ({one.id: one.message for one in read_list(list_path(name))} for name in LISTS)
    assert list(chain(shared(frozen, daily), shared(daily, frozen))) == []
