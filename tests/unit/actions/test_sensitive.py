"""Sensitive data given without need: the person is told, and nothing of it is repeated."""

from __future__ import annotations

import pytest

from actions.understanding.sensitive import holds_sensitive_data
from tests.unit.actions.talk import Conversation


@pytest.mark.parametrize(
    "text",
    [
        "mon numéro de sécu c'est 1 05 03 76 540 123 45",
        "ma carte 4970 1012 3456 7890",
        "FR76 3000 6000 0112 3456 7890 189",
        "mon mot de passe est Chaton2010",
        "je suis bipolaire, je peux être infirmière ?",
    ],
)
def test_sensitive_words_are_recognised(text: str) -> None:
    assert holds_sensitive_data(text)


@pytest.mark.parametrize(
    "text",
    [
        "je cherche un CAP à 76200 Dieppe",
        "ils veulent mon mot de passe",
        "appelez-moi au 06 12 34 56 78",
        "c'est quoi le métier de cancérologue",
        "j'ai 16 ans et je suis en 3e",
    ],
)
def test_ordinary_words_are_not(text: str) -> None:
    assert not holds_sensitive_data(text)


def test_the_person_is_told_and_nothing_is_repeated(talk: Conversation) -> None:
    reply = talk.says("mon numéro de sécu 1 05 03 76 540 123 45 je veux être coiffeuse", "metier_acces")
    assert "je n’en ai pas besoin" in reply.text
    assert "540" not in reply.text
    assert not any("540" in str(value) for value in talk.slots.values())
