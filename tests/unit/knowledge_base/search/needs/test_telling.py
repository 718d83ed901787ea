"""Which answers of several sheets are told together."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from knowledge_base.answering import Answer
from knowledge_base.search.needs.index import Document, NeedIndex
from knowledge_base.search.needs.items import Asked
from knowledge_base.search.needs.query import Query, query_of
from knowledge_base.search.needs.ranking import Example, Ranking, learn_ranking
from knowledge_base.search.needs.telling import (
    LETTERS_MOST,
    TOLD_MOST,
    Clause,
    Pick,
    Whole,
    features,
    pick,
    rows_of,
    share_of,
    worth_telling,
)
from knowledge_base.search.needs.vectors import VectorStore

PAY = Answer(("pay",), ("ça gagne combien coiffeuse",), "Au début, autour du Smic.")
HOURS = Answer(("hours",), ("on travaille le samedi",), "Oui, le samedi est travaillé dans les salons.")
LICENCE = Answer(("cost",), ("aide pour payer le permis",), "L'aide au permis des apprentis est de 500 €.")
NOTHING = Asked({}, {})
MESSAGE = "on travaille le samedi dans la coiffure, et il y a une aide pour payer le permis ?"


@pytest.fixture(scope="module")
def index() -> NeedIndex:
    """A trade with two answers, an aid with one, a diploma with none."""
    trade = Document("metier/coiffeur", "Coiffeur", "Il coupe.", ("coiffeur",), "coiffeur coupe", (PAY, HOURS))
    aid = Document("aide/permis-apprenti", "Permis des apprentis", "Une aide.", ("permis",), "permis apprenti", (LICENCE,))
    return NeedIndex((trade, aid, Document("formation/cap", "CAP", "Un diplôme.", ("cap",), "cap")), (), VectorStore(None))


def read(index: NeedIndex, text: str) -> tuple[Whole, Query]:
    """A message whose first clause asks the trade, and whose second asks the aid."""
    clauses = (Clause(np.array([0, 1]), np.array([0.9, 0.1]), 0.4), Clause(np.array([1, 0]), np.array([0.8, 0.2]), 0.6))
    return Whole(np.array([0, 1, 2]), np.array([2.0, 1.5, -1.0]), np.array([0.6, 0.36, 0.04]), clauses), query_of(text)


def learnt(index: NeedIndex) -> Ranking:
    whole, query = read(index, MESSAGE)
    table = features(index, rows_of(index, whole), whole, query, NOTHING)
    return learn_ranking([Example(table, np.array([False, True, False])), Example(table, np.array([False, False, True]))])


def test_answers_of_several_sheets_are_told_when_a_message_asks_both(index: NeedIndex) -> None:
    whole, query = read(index, MESSAGE)
    picks = pick(index, learnt(index), whole, query, NOTHING)
    assert {one.answer.text for one in picks[:2]} == {HOURS.text, LICENCE.text} and picks[2].answer == PAY
    assert sum(one.share for one in picks) == pytest.approx(1.0, abs=1e-5)


def test_each_answer_knows_the_clause_that_asks_most_like_it(index: NeedIndex) -> None:
    whole, query = read(index, MESSAGE)
    clause = {one.answer.text: one.clause for one in pick(index, learnt(index), whole, query, NOTHING)}
    assert (clause[HOURS.text], clause[LICENCE.text]) == (0, 1)


def test_a_sheet_that_was_not_ranked_has_no_share() -> None:
    assert share_of(np.array([4, 7]), np.array([0.9, 0.1]), 7) == pytest.approx(0.1)
    assert share_of(np.array([4, 7]), np.array([0.9, 0.1]), 5) == 0.0


def test_a_sheet_without_answers_is_not_weighed(index: NeedIndex) -> None:
    whole, _ = read(index, MESSAGE)
    assert rows_of(index, whole) == [0, 1]


def test_nothing_found_tells_nothing(index: NeedIndex) -> None:
    nothing = Whole(np.array([2]), np.array([1.0]), np.array([1.0]))
    assert pick(index, learnt(index), nothing, query_of("le cap"), NOTHING) == []


def told(*answers: tuple[float, int]) -> list[Pick]:
    """Picks with these shares, each so many letters long."""
    return [Pick(0, Answer(("pay",), (str(number),), "a" * letters), share) for number, (share, letters) in enumerate(answers)]


def test_what_is_believed_much_less_than_the_best_is_not_told() -> None:
    assert len(worth_telling(told((0.5, 100), (0.4, 100), (0.01, 100)))) == 2


def test_another_clause_is_answered_before_a_second_answer_to_the_same() -> None:
    first, same, other = told((0.5, 100), (0.3, 100), (0.1, 100))
    answers = [replace(first, clause=0), replace(same, clause=0), replace(other, clause=1)]
    assert worth_telling(answers) == [answers[0], answers[2], answers[1]]


def test_no_more_is_told_than_there_is_room_for() -> None:
    assert len(worth_telling(told((0.5, LETTERS_MOST - 10), (0.4, 100)))) == 1
    assert len(worth_telling(told((0.3, 10), (0.3, 10), (0.2, 10), (0.2, 10)))) == TOLD_MOST


def test_the_best_is_told_however_long_it_is() -> None:
    assert len(worth_telling(told((0.9, 2 * LETTERS_MOST)))) == 1
