"""Our own hours are the channels' to tell; those of a place are not."""

from __future__ import annotations

import pytest

from knowledge_base.search.needs.finder import Need
from tests.unit.actions.fakes import FakePlace
from tests.unit.actions.talk import Conversation


@pytest.mark.parametrize("text", ["vous êtes ouverts quand", "vous ouvrez à quelle heure ?", "c'est quoi vos horaires"])
def test_our_hours_are_asked_of_the_channels_with_what_was_said(talk: Conversation, text: str) -> None:
    assert talk.says(text, "question").command == {"name": "opening_hours", "said": text}


def test_a_day_just_after_them_asks_them_again(talk: Conversation) -> None:
    talk.says("vous êtes ouverts quand", "question")
    assert talk.says("et le samedi ?", "question").command == {"name": "opening_hours", "said": "et le samedi ?"}
    talk.says("merci", "remerciement")
    assert (talk.says("et le samedi ?", "question").command or {})["name"] != "opening_hours"


def test_the_hours_of_a_place_that_is_named_are_not_ours(talk: Conversation) -> None:
    text = "vous êtes ouverts à la mission locale d'Évreux ?"
    talk.kb.asks(text, Need("structure/ml-evreux", ("hours",), 1.0), places=(FakePlace("Évreux", "27229"),))
    assert talk.says(text, "question").cards[0]["id"] == "ml-evreux"
