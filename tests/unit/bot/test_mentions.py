"""What people say of themselves in fixed forms."""

from __future__ import annotations

import pytest

from bot.language.mentions import find_mentions


def said(text: str) -> set[tuple[str, str]]:
    return {(mention.entity, mention.value) for mention in find_mentions(text)}


@pytest.mark.parametrize(("text", "expected"), [
    ("j'ai 16 ans", ("age", "16")), ("jai 16ans", ("age", "16")), ("je suis en 3ème", ("level", "3e")),
    ("en Terminale", ("level", "terminale")),
    ("un CAP pâtisserie", ("level", "cap")), ("BAC PRO ASSP", ("level", "bac")), ("un bac+2", ("level", "bac+2")),
    ("en alternance", ("rhythm", "apprentissage")),
    ("cours à distance", ("rhythm", "distance")), ("dans le 76", ("departement", "76")), ("27200 Vernon", ("departement", "27")),
    ("dans la Manche", ("departement", "50")), ("ma fille cherche", ("public", "parent")),
    ("je suis au chômage", ("public", "demandeur_emploi")),
    ("pour mes élèves", ("public", "professionnel")), ("je suis en seconde", ("public", "lyceen")),
    ("ma gamine a seize ans", ("age", "16")), ("g 17 piges", ("age", "17")),
    ("je sui en terminal", ("level", "terminale")),
    ("un BUT info", ("level", "bac+3")), ("en alternence", ("rhythm", "apprentissage")),
    ("bac pro alter", ("rhythm", "apprentissage")),
    ("en initial", ("rhythm", "initial")), ("seine-mar", ("departement", "76")), ("dép 50", ("departement", "50")),
    ("mon fiston", ("public", "parent")), ("chui apprenti", ("public", "apprenti")),
    ("au chomdu", ("public", "demandeur_emploi")),
    ("je suis interimaire", ("public", "salarie")),
    ("étudiante en psycho", ("public", "etudiant")),
    ("professeure principale", ("public", "professionnel")), ("nous recrutons", ("public", "professionnel")),
])
def test_fixed_forms_are_recognised(text: str, expected: tuple[str, str]) -> None:
    assert expected in said(text)


@pytest.mark.parametrize(("text", "entity"), [
    ("12 ans d'expérience", "age"), ("cap emploi Rouen", "level"), ("la deuxième chance", "level"),
    ("école de la seconde chance", "level"),
    ("traverser la manche", "departement"), ("j'ai 3 ans d'ancienneté", "age"), ("en troisième année", "level"),
    ("mon but est de devenir infirmière", "level"), ("quel est le but", "level"), ("le bac à sable", "level"),
    ("dans une seconde", "level"), ("j'ai bossé 12 ans", "age"), ("depuis 10 ans", "age"), ("moins de 26 ans", "age"),
    ("12 ans dans la vente", "age"), ("je gagne 14000 euros", "departement"), ("dans 14 jours", "departement"),
])
def test_look_alikes_are_left_alone(text: str, entity: str) -> None:
    assert entity not in {name for name, _ in said(text)}


def test_offsets_point_at_the_typed_words() -> None:
    text = "Ma fille, 16 ans, cherche un CAP à Caen"
    assert {text[m.start:m.end] for m in find_mentions(text)} == {"Ma fille", "16 ans", "CAP"}
