"""Sensitive data given without need: the person is told, and nothing of it is repeated."""

from __future__ import annotations

import pytest

from actions.understanding.sensitive import sensitive_in
from tests.unit.actions.talk import Conversation


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("mon numéro de sécu c'est 1 05 03 76 540 123 45", "number"),
        ("ma carte 4970 1012 3456 7890", "number"),
        ("FR76 3000 6000 0112 3456 7890 189", "number"),
        ("mon numéro de sécu c'est [numéro] je cherche un stage", "number"),
        ("mon mot de passe est Chaton2010", "secret"),
        ("mon mot de passe cpf c'est Chaton2010", "secret"),
        ("je suis bipolaire, je peux être infirmière ?", "health"),
    ],
)
def test_sensitive_words_are_recognised(text: str, kind: str) -> None:
    assert sensitive_in(text) == kind


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
    assert sensitive_in(text) is None


def test_the_person_is_told_and_nothing_is_repeated(talk: Conversation) -> None:
    reply = talk.says("mon numéro de sécu 1 05 03 76 540 123 45 je veux être coiffeuse", "question")
    assert "je n’en ai pas besoin" in reply.text
    assert "540" not in reply.text
    assert not any("540" in str(value) for value in talk.slots.values())


def test_a_number_that_the_channels_masked_is_told_of_too(talk: Conversation) -> None:
    assert "je n’en ai pas besoin" in talk.says("coiffeuse, mon 06 est [numéro]", "question").text


def test_a_number_given_to_be_called_back_is_not_reproached(talk: Conversation) -> None:
    assert "besoin" not in talk.says("appelez-moi au [numéro] lundi", "demander_rappel").text


def test_an_illness_is_met_with_kindness(talk: Conversation) -> None:
    reply = talk.says("je suis bipolaire, je peux devenir coiffeuse ?", "question")
    assert "Merci de votre confiance" in reply.text
    assert "bipolaire" not in reply.text
