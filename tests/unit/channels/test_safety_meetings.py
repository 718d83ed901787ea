"""Ideas in any order: what meets, what is too far apart, what cancels a meeting."""

from __future__ import annotations

import re

from channels.meetings import Meeting, Reading

IDEAS = {"pere": re.compile(r"\bpere\b"), "coup": re.compile(r"\bcoups?\b"), "sport": re.compile(r"\bboxe\b")}
MEETING = Meeting(("pere", "coup"), ("sport",), 4)


def takes_place(plain: str) -> bool:
    return Reading(plain, IDEAS).holds([MEETING])


def test_the_order_of_the_ideas_does_not_matter() -> None:
    assert takes_place("les coups de mon pere")
    assert takes_place("mon pere et ses coups")


def test_ideas_far_apart_do_not_meet() -> None:
    assert not takes_place("mon pere travaille a la mine depuis dix ans et un coup")


def test_what_cancels_the_meeting_counts_wherever_it_stands() -> None:
    assert not takes_place("mon pere donne des coups il est prof de boxe")


def test_one_missing_idea_is_enough_to_say_nothing() -> None:
    assert not takes_place("mon pere est macon")


def test_a_meeting_is_read_from_a_pattern_file() -> None:
    assert Meeting.of({"avec": ["pere", "coup"], "sauf": ["sport"], "mots": 4}) == MEETING
