"""Which answer of a sheet a message asks for."""

from __future__ import annotations

import numpy as np
import pytest

from knowledge_base.answering import Answer
from knowledge_base.search.needs.classifying import learn, words_and_meaning
from knowledge_base.search.needs.features import _longest, kind_words
from knowledge_base.search.needs.index import Document, NeedIndex
from knowledge_base.search.needs.items import (
    ASKS_WHERE,
    Asked,
    Chosen,
    best_of,
    choose,
    features,
    points_of,
    with_what_is_asked,
    without_the_refused,
)
from knowledge_base.search.needs.query import query_of
from knowledge_base.search.needs.ranking import Example, Ranking, learn_ranking
from knowledge_base.search.needs.vectors import VectorStore

PAY = Answer(("pay",), ("ça gagne combien coiffeuse",), "Au début, autour du Smic.")
HOURS = Answer(("hours",), ("on travaille le samedi",), "Oui, le samedi est travaillé dans les salons.")
ACCESS = Answer(("access", "conditions"), ("Comment y entrer", "Les conditions"), "On passe le CAP coiffure.", is_field=True)


@pytest.fixture(scope="module")
def index() -> NeedIndex:
    """Two trades, one with three answers."""
    hairdresser = Document("metier/coiffeur", "Coiffeur", "Il coupe.", ("coiffeur",), "coiffeur coupe", (PAY, HOURS, ACCESS))
    courses = (Document("formation/cap", "CAP", "Un diplôme.", ("cap", "le cap c est quoi"), "cap"),
               Document("formation/cap-cuisine", "CAP cuisine", "La cuisine.", ("cap cuisine",), "cap cuisine"))
    return NeedIndex((hairdresser, *courses), (), VectorStore(None))


def nothing_asked() -> Asked:
    return Asked({}, {})


def learnt(index: NeedIndex) -> Ranking:
    messages = (("je veux savoir combien on gagne", PAY), ("est-ce qu'on bosse le samedi", HOURS),
                ("c'est quoi le salaire d'une coiffeuse, ça gagne bien", PAY), ("samedi libre ou pas", HOURS))
    return learn_ranking([Example(features(index, 0, query_of(text), nothing_asked()), best_of(index.answers[0], (right.key,)))
                          for text, right in messages])


def test_the_answer_asked_for_comes_first_with_its_share(index: NeedIndex) -> None:
    chosen = choose(index, learnt(index), "metier/coiffeur", query_of("y a du boulot le samedi ?"), nothing_asked())
    assert chosen.answers[0] == HOURS and sum(chosen.shares) == pytest.approx(1.0)


def test_only_the_answers_of_a_point_are_kept_when_there_are_any() -> None:
    chosen = Chosen((PAY, HOURS, ACCESS), (0.5, 0.3, 0.2))
    assert chosen.of_point("access") == Chosen((ACCESS,), (0.2,)) and chosen.of_point("conditions").answers == (ACCESS,)
    assert chosen.of_point("how", "access", "hours").answers == (HOURS, ACCESS) and chosen.of_point() == chosen
    assert chosen.of_point("age") == chosen and chosen.has("hours") and not chosen.has("age")


@pytest.mark.parametrize(("text", "where"), [
    ("où peut-elle se former", True), ("c'est ou", True), ("et ou on apprend ça", True), ("CAP ou bac pro", False),
    ("je sais pas ou plutôt si", False),
])
def test_where_is_asked_by_the_word_that_stems_leave_out(text: str, where: bool) -> None:
    assert bool(ASKS_WHERE.search(text)) is where


@pytest.mark.parametrize(("text", "what"), [
    ("je voudrais savoir ce que fait un couvreur", True), ("qu'est-ce que font les géomètres", True),
    ("en quoi ca consiste", True), ("que faire après le bac", False), ("ça me fait peur", False), ("que fait-on ensuite", False),
])
def test_what_a_thing_is_is_asked_by_words_that_stems_leave_out(text: str, what: bool) -> None:
    asked = with_what_is_asked(Asked({"how": 0.7, "definition": 0.1}, {"how": 0.7, "definition": 0.1}), query_of(text))
    assert (max(asked.whole, key=asked.whole.__getitem__) == "definition") is what
    assert sum(asked.whole.values()) == pytest.approx(0.96 if what else 0.8)


def test_an_answer_that_speaks_of_the_refused_trade_is_none_unless_there_is_no_other(index: NeedIndex) -> None:
    other = Answer(("access",), ("devenir esthéticienne",), "Le coiffeur passe d'abord le CAP.")
    chosen = Chosen((other, HOURS), (0.6, 0.4))
    refused = query_of("je veux être esthéticienne mais pas coiffeur")
    assert without_the_refused(index, chosen, refused) == Chosen((HOURS,), (0.4,))
    assert without_the_refused(index, Chosen((other,), (1.0,)), refused).answers == (other,)
    assert without_the_refused(index, chosen, query_of("je veux être coiffeur")) == chosen


def test_a_sheet_without_answers_has_none_to_choose(index: NeedIndex) -> None:
    assert choose(index, learnt(index), "formation/cap", query_of("le cap"), nothing_asked()) == Chosen()


def test_a_field_answers_the_likeliest_of_its_points(index: NeedIndex) -> None:
    asked = Asked({"conditions": 0.9}, {"conditions": 0.9})
    rows = features(index, 0, query_of("bonjour"), asked)
    told, silent = rows[2], rows[0]
    assert told[6] > silent[6] and told[8] == 1.0


def test_the_same_text_is_as_right_wherever_it_stands() -> None:
    twin = Answer(("cost",), ("le prix",), PAY.text)
    assert best_of((PAY, HOURS, twin), (PAY.key,)).tolist() == [True, False, True]


def test_the_points_of_a_message_are_read_as_a_whole_and_by_the_clause_that_asks_most() -> None:
    texts = ["combien on gagne", "le salaire", "les horaires", "on travaille le soir"]
    store = VectorStore(None)
    rows = np.array([words_and_meaning(tuple(text.split()), vector) for text, vector in zip(texts, store.of(texts), strict=True)])
    model = learn(rows, ["pay", "pay", "hours", "hours"], ridge=0.1)
    asked = points_of(model, query_of("je suis en 3e. le salaire c'est combien"))
    assert asked.most["pay"] >= asked.whole["pay"] and max(asked.most, key=asked.most.__getitem__) == "pay"


def test_a_longer_name_leaves_no_room_for_the_one_inside_it_and_questions_name_nothing(index: NeedIndex) -> None:
    names = index.names_within({"quoi", "cap", "cuisin"})
    assert {index.keys[index.name_sheet[name]] for name in _longest(index, names)} == {"formation/cap-cuisine"}


def test_the_words_of_a_kind_are_read_by_their_stems() -> None:
    assert any("ecol" in words for words in kind_words()) and all(kind_words())
