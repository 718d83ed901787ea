"""Numbered choices."""

from __future__ import annotations

import pytest

from channels.conversation.choices import pick

BUTTONS = [{"label": "Le salaire"}, {"label": "Les formations"}, {"label": "Parler à un conseiller"}]


@pytest.mark.parametrize(("text", "index"), [
    ("2", 1), ("la 2", 1), ("deux", 1), ("le deuxième", 1), ("la première", 0), ("n°3", 2), ("2.", 1), ("2)", 1), ("(2)", 1),
    ("je veux la 2", 1), ("Le choix n° 2 svp", 1), ("numéro deux", 1), ("ok 3", 2), ("la dernière", None), ("une", 0),
    ("choix 1", 0), ("le salaire", 0),
    ("4", None), ("0", None), ("bac", None), ("2 ans", None), ("je veux le 2 et le 3", None)])
def test_the_choice_that_is_meant(text: str, index: int | None) -> None:
    assert pick(text, BUTTONS) == index
