"""Whether a short message goes on about the sheet spoken of, or asks for another one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from knowledge_base.answering import Answer
from knowledge_base.search.needs import follow_up
from knowledge_base.search.needs.finder import Ranked
from knowledge_base.search.needs.index import Document, NeedIndex
from knowledge_base.search.needs.query import query_of
from knowledge_base.search.needs.vectors import VectorStore

PAY = Answer(("pay",), ("combien gagne un apprenti",), "Un pourcentage du Smic.")
CRECHE = Answer(("access",), ("quel diplôme pour travailler en crèche",), "Le CAP AEPE.")
GIRLS, MIXED = (Answer(("conditions",), ("y a des filles ?",), said) for said in ("Oui.", "Tous les métiers sont ouverts."))


@pytest.fixture(scope="module")
def index() -> NeedIndex:
    return NeedIndex((
        Document("dispositif/salaire-apprenti", "Salaire d’un apprenti", "", ("salaire apprenti",), "salaire apprenti", (PAY,)),
        Document("metier/petite-enfance", "Petite enfance", "", ("metier de la creche",), "creche", (CRECHE,)),
        Document("metier/boulanger", "Boulanger", "", ("boulanger",), "boulanger pain", (GIRLS,)),
        Document("dispositif/mixite", "Filles et garçons", "", ("filles et garcons",), "filles garcons", (MIXED,)),
        Document("formation/tp-macon", "Titre professionnel maçon", "", ("titre professionnel macon",), "titre"),
        Document("formation/titre", "Titre professionnel", "", ("titre professionnel",), "titre"),
        Document("formation/pass", "PASS", "", ("pass",), "pass sante"),
        Document("structure/epide", "EPIDE", "", ("epide",), "epide"),
    ), (), VectorStore(None))  # fmt: skip


def anew(index: NeedIndex, text: str, best: str, subject: str, sure: float = 0.9) -> bool:
    """Whether a message asks for the sheet that the ranking puts first, found that surely."""
    finder: Any = SimpleNamespace(index=index, sureness=lambda found, query: sure)
    found = Ranked(np.array([index.place[best]]), np.ones(1), np.ones(1), np.zeros((1, 2), dtype=np.float32))
    return follow_up.asks_anew(finder, found, query_of(text), subject)


def test_a_word_of_the_name_of_another_sheet_asks_anew_when_it_is_found_surely(index: NeedIndex) -> None:
    asked = ("faut quel diplôme pour la crèche", "metier/petite-enfance", "dispositif/salaire-apprenti")
    assert anew(index, *asked)
    assert not anew(index, *asked, sure=0.4)


def test_words_that_ask_about_anything_stay_with_the_sheet_spoken_of(index: NeedIndex) -> None:
    assert not anew(index, "et c'est payé combien", "dispositif/salaire-apprenti", "metier/boulanger")


def test_what_the_sheet_spoken_of_answers_in_the_same_words_is_asked_of_it(index: NeedIndex) -> None:
    assert not anew(index, "y a des filles ?", "dispositif/mixite", "metier/boulanger")
    assert anew(index, "y a des filles ?", "dispositif/mixite", "structure/epide")


def test_only_a_short_message_goes_on(index: NeedIndex) -> None:
    assert follow_up.goes_on_about(index, query_of("et c'est payé combien"), "metier/boulanger")
    assert not follow_up.goes_on_about(index, query_of("et c'est payé combien"), None)
    story = "ma fille adore les gâteaux, elle passe ses dimanches à en faire pour toute la famille et nos voisins"
    assert not follow_up.goes_on_about(index, query_of(story), "metier/boulanger")


@pytest.mark.parametrize(("text", "stem"), [("et si je rate il se passe quoi", True), ("et le pass", False), ("les PASS", False)])
def test_a_word_of_the_same_stem_is_no_name(index: NeedIndex, text: str, stem: bool) -> None:
    assert follow_up.only_a_stem(index, index.place["formation/pass"], query_of(text)) is stem


@pytest.mark.parametrize(("text", "subject", "best", "takes"), [
    ("faut savoir dessiner ?", "metier/couvreur", "metier/illustrateur", True),
    ("et il faut le permis", "metier/couvreur", "aide/aides-au-permis", True),
    ("faut passer par parcoursup", "metier/couvreur", "aide/aides-au-permis", False),
    ("faut quel diplôme pour la crèche", "metier/couvreur", "metier/petite-enfance", False),
    ("il faut le permis", "aide/bourses", "aide/aides-au-permis", False),
])
def test_what_a_trade_requires_is_asked_of_it(text: str, subject: str, best: str, takes: bool) -> None:
    assert follow_up.asks_what_it_takes(text, subject, best) is takes


def test_an_article_is_taken_off_the_name_it_is_glued_to(index: NeedIndex) -> None:
    def glued(text: str) -> str:
        return follow_up.without_glued_article(index, text, lambda word: word == "lecture")

    assert glued("une copine parle de lepide") == "une copine parle de l'epide"
    assert glued("la lecture et l'epide") == "la lecture et l'epide"


def test_telling_words_are_those_that_say_more_than_a_question() -> None:
    assert follow_up.telling_words(query_of("c'est payé combien")) == set()
    assert follow_up.telling_words(query_of("et avec les chevaux")) == {"cheval"}


@pytest.mark.parametrize(("text", "subject", "its_kind"), [
    ("il y a un titre professionnel pour ça ?", "formation/tp-macon", True),
    ("il y a un titre professionnel pour ça ?", "metier/boulanger", False),
    ("et un titre professionnel boulanger ?", "formation/tp-macon", False),
    ("c'est payé combien", "formation/tp-macon", False),
])
def test_the_words_of_its_own_name_call_no_other_course(index: NeedIndex, text: str, subject: str, its_kind: bool) -> None:
    assert follow_up.names_its_kind(index, query_of(text), subject, "formation/titre") is its_kind
