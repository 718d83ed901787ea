"""Ages, classes, diplomas, publics and situations belong to the person they are said of."""

from __future__ import annotations

from typing import Any

import pytest

from language.persons import facts_in, people_in
from language.reading import read
from tests.unit.language.cases import cases

CASES = cases("persons")


@pytest.mark.parametrize("case", CASES["messages"], ids=lambda case: str(case["text"]))
def test_what_is_said_and_of_whom(case: dict[str, Any]) -> None:
    reading = read(case["text"])
    assert [f"{fact.kind} {fact.value} {fact.who}" for fact in reading.facts] == case["facts"]
    assert (reading.speaks_for, reading.public) == (case["for"], case["public"])


@pytest.mark.parametrize(("text", "said"), CASES["dits"])
def test_a_fixed_form_is_read(text: str, said: str) -> None:
    assert said in [f"{fact.kind} {fact.value}" for fact in read(text).facts]


@pytest.mark.parametrize(("text", "kind"), CASES["tus"])
def test_a_look_alike_is_left_alone(text: str, kind: str) -> None:
    assert kind not in {fact.kind for fact in read(text).facts}


def test_the_age_is_that_of_the_one_who_is_asked_for() -> None:
    reading = read("j'ai 45 ans et c'est pour mon fils, il a 16 ans")
    assert reading.age == 16 and reading.fact("age", "self") == "45"


def test_nobody_is_mentioned_in_an_empty_text() -> None:
    assert people_in([]) == () and facts_in([], ()) == ()
