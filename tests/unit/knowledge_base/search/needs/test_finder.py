"""What is told of a sheet, once its answers are ranked."""

from __future__ import annotations

from knowledge_base.answering import Answer
from knowledge_base.search.needs.finder import _of_sheet, plainly
from knowledge_base.search.needs.items import Asked, Chosen

PAY = Answer(("pay",), ("ça gagne combien",), "Autour du Smic.")
HOURS = Answer(("hours",), ("on travaille le samedi",), "Oui, le samedi.")
HOW = Answer(("how",), ("comment on fait",), "On passe le CAP.")


def test_a_second_answer_is_told_when_it_is_believed_nearly_as_much() -> None:
    nearly, far = Chosen((PAY, HOW), (0.6, 0.4)), Chosen((PAY, HOW), (0.9, 0.1))
    nothing = Asked({"pay": 0.5}, {"pay": 0.5})
    assert _of_sheet(nearly, nearly, nothing) == (PAY.key, HOW.key)
    assert _of_sheet(far, far, nothing) == (PAY.key,)


def test_what_another_clause_surely_asks_is_told_too() -> None:
    every = Chosen((PAY, HOW, HOURS), (0.9, 0.08, 0.02))
    assert _of_sheet(every, every, Asked({"pay": 0.6}, {"pay": 0.9, "hours": 0.9})) == (PAY.key, HOURS.key)


def test_the_point_of_the_whole_comes_before_those_of_clauses() -> None:
    assert plainly(Asked({"pay": 0.5, "where": 0.4}, {"where": 0.9, "pay": 0.6, "age": 0.1})) == ("pay", "where")
