"""Two questions in one message, and messages that only look like two."""

from __future__ import annotations

import pytest

from actions.runtime import Runtime
from actions.turn import Turn
from actions.understanding.questions import questions_of
from tests.unit.actions.content import knowledge
from tests.unit.actions.talk import VOICE


def _intents(text: str, intent: str) -> list[str]:
    turn = Turn(Runtime(knowledge(), VOICE), intent, text)
    return [question.intent for question in questions_of(turn)]


@pytest.mark.parametrize(
    ("text", "intent", "expected"),
    [
        ("c'est quoi les études pour coiffeuse et ça gagne combien", "metier_salaire", ["metier_acces", "metier_salaire"]),
        ("quel diplôme pour couvreur ? et est-ce que ça recrute ?", "metier_acces", ["metier_acces", "metier_recrutement"]),
        (
            "la mission locale de Vernon et y a des aides pour le permis",
            "structure_trouver",
            ["structure_trouver", "aides"],
        ),
    ],
)
def test_both_are_found(text: str, intent: str, expected: list[str]) -> None:
    assert _intents(text, intent) == expected


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("j'aime les maths et le dessin", "metier_gouts"),
        ("ça recrute vers Flers ?", "metier_recrutement"),
        ("menuisier et charpentier quelle différence", "comparer"),
        ("bonjour, je voudrais le salaire d'une coiffeuse", "metier_salaire"),
        ("merci et au revoir", "au_revoir"),
    ],
)
def test_one_question_stays_one(text: str, intent: str) -> None:
    assert _intents(text, intent) == []
