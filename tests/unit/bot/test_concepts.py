"""Concepts: words that mean the same to the helpline."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.language.concepts import MASKED, Concepts, shipped_concepts
from bot.language.lexicon import LexiconError
from bot.language.spelling import NearWords

CONCEPTS = shipped_concepts()


@pytest.mark.parametrize(("text", "concept"), [
    ("ca gagne combien un couvreur", "salaire"), ("ca gagne combien un couvreur", "metier"),
    ("bac pro cuisine a dieppe", "diplome"),
    ("bac pro cuisine a dieppe", "lieu"), ("mission locale de vernon", "structure"), ("mon fils va plus en cours", "decroche"),
])
def test_a_concept_is_found_by_any_of_its_words(text: str, concept: str) -> None:
    assert concept in CONCEPTS.found_in(text)


def test_the_shape_of_a_question_does_not_depend_on_the_trade_or_the_place() -> None:
    shapes = {CONCEPTS.shape(f"combien gagne un {trade} a {place}") for trade, place in (("couvreur", "caen"),
        ("fleuriste", "dieppe"))}
    assert shapes == {"combien gagne un METIER a LIEU"}


def test_a_word_is_not_found_inside_another() -> None:
    assert "metier" not in CONCEPTS.found_in("le jugement du tribunal")


def test_every_masked_kind_is_a_concept_of_the_files() -> None:
    assert set(MASKED) <= set(CONCEPTS.patterns)


@pytest.mark.parametrize(("typed", "meant"), [("davenir", "d avenir"), ("lapprentissage", "l apprentissage"),
    ("aprentissage", "apprentissage"),
                                              ("allternance", "alternance"), ("jamais", "jamais"), ("dans", "dans")])
def test_elisions_are_opened_and_small_mistakes_corrected(typed: str, meant: str) -> None:
    assert CONCEPTS.respelled(typed) == meant


def test_only_one_mistake_is_corrected_and_never_in_a_short_word() -> None:
    near = NearWords({"formation", "stage"})
    assert [near.corrected(word) for word in ("fomation", "forrmation", "fromation", "fomatoin", "stagr", "zormation")] == [
        "formation", "formation", "formation", "fomatoin", "stagr", "zormation"]


def test_a_concept_in_two_files_is_reported(tmp_path: Path) -> None:
    for name in ("a.yml", "b.yml"):
        (tmp_path / name).write_text("salaire: [paye]\n", encoding="utf-8")
    with pytest.raises(LexiconError, match="twice"):
        Concepts.from_folder(tmp_path)
