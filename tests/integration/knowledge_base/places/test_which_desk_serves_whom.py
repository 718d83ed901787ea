"""Which desk serves a commune, and the establishment that a text names."""

from __future__ import annotations

import pytest

from knowledge_base import KnowledgeBase


@pytest.mark.parametrize(
    ("town", "type_", "address", "commune"),
    [
        ("Les Andelys", "mission_locale", "12 rue Saint-Lazare", "Vernon"),
        ("Pont-Audemer", "mission_locale", "41 boulevard Dubus", "Bernay"),
        ("Argentan", "cio", "33 rue Saint-Martin", "Argentan"),
        ("Flers", "mdph", "13 rue Marchand-Saillant", "Alençon"),
        ("Coutances", "france_travail", "103 rue Geoffroy de Montbray", "Coutances"),
    ],
)
def test_the_desk_of_a_commune_is_given_with_its_address(
    shipped: KnowledgeBase, town: str, type_: str, address: str, commune: str
) -> None:
    place = shipped.find_place(town)
    assert place is not None
    found = shipped.structure_for(place, type_)
    assert found is not None
    assert (found.site.address, found.site.commune) == (address, commune)


def test_an_old_address_says_its_year_and_shows_no_telephone(shipped: KnowledgeBase) -> None:
    place = shipped.find_place("Argentan")
    assert place is not None
    found = shipped.structure_for(place, "cio")
    assert found is not None and found.site.address_year == 2016 and found.site.phone == ""


def test_a_place_is_joined_to_its_sheet(shipped: KnowledgeBase) -> None:
    site = shipped.site("structure/mission-locale-vernon")
    assert site is not None and site.key == "mission-locale-27681"


@pytest.mark.parametrize(
    ("text", "name", "commune"),
    [
        ("0140014P", "Augustin Fresnel", "Caen"),
        ("le lycée maritime de Fécamp", "Anita Conti", "Fécamp"),
        ("lycée agricole de Coutances", "Coutances", "Coutances"),
        ("lycée tocqueville", "Tocqueville", "Cherbourg-en-Cotentin"),
        ("lycée marie curie à vire", "Marie Curie", "Vire Normandie"),
        ("ifsi alençon", "IFSI", "Alençon"),
        ("france travail lisieux", "France Travail Lisieux", "Lisieux"),
        ("mission locale les andelys", "Mission locale Vernon Seine Vexin", "Vernon"),
        ("adresse de l'accueil de Caen", "Accueil orientation de Caen", "Caen"),
    ],
)
def test_the_establishment_that_a_text_names(shipped: KnowledgeBase, text: str, name: str, commune: str) -> None:
    found = shipped.find_places(text)
    assert found and name in " ".join((found[0].site.name, *found[0].site.also)) and found[0].site.commune == commune


@pytest.mark.parametrize("text", ["je veux être boulanger", "bonjour", "c'est quoi un CAP", "mon fils est malade"])
def test_a_text_without_an_establishment_names_none(shipped: KnowledgeBase, text: str) -> None:
    assert shipped.find_places(text) == []
