"""What a sheet can answer."""

from __future__ import annotations

from knowledge_base.answering import answers_of, field_answer
from tests.unit.actions.fakes import sheet

TRADE = sheet("metier", "coiffeur", "Coiffeur", does="Il coupe les cheveux.", access={"diplomes": "Le CAP coiffure."},
              questions=[{"asks": ["ça gagne combien"], "point": "pay", "answer": "Autour du Smic."}])


def test_questions_come_first_and_are_named_by_their_first_way_of_asking() -> None:
    assert answers_of(TRADE)[0].key == "ça gagne combien"


def test_a_field_that_answers_several_points_is_one_answer() -> None:
    entering = next(answer for answer in answers_of(TRADE) if "CAP" in answer.text)
    assert {"access", "how"} <= set(entering.points) and entering.key == f"field:{entering.point}"


def test_a_point_that_no_field_holds_is_answered_by_none() -> None:
    assert field_answer(TRADE, "pay") == ""
