"""A canned reply says what is known of the case and leaves no hole where nothing is."""

from __future__ import annotations

import pytest

from channels.console.canned_words import fill

KNOWN = {"prenom": "Awa", "personne": "", "lieu": "Évreux", "numero": ""}


@pytest.mark.parametrize(("text", "said"), [
    ("Bonjour {personne}, je suis {prenom}.", "Bonjour, je suis Awa."),
    ("{personne}, à {lieu} ?", "à Évreux ?"),
    ("Rien à remplir  ici, {inconnu}", "Rien à remplir  ici, {inconnu}"),
    ("À {lieu}, appelez le {numero}.", "À Évreux, appelez le."),
])
def test_variables_are_filled_and_holes_closed(text: str, said: str) -> None:
    assert fill(text, KNOWN) == said


def test_a_town_with_an_article_is_said_as_people_say_it() -> None:
    said = fill("Des rendez-vous à {lieu}, ou près de {lieu}.", {"lieu": "Le Havre"})
    assert said == "Des rendez-vous au Havre, ou près du Havre."
