"""What people type, and the shipped sheet that they would want first."""

from __future__ import annotations

import pytest

from knowledge_base.facade import KnowledgeBase


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("cap patisserie pres de dieppe", "formation/cap-patissier"),
        ("aid soignant alencon", "metier/aide-soignant"),
        ("cap coifure en aprentissage a rouen", "formation/cap-metiers-de-la-coiffure"),
        ("bts mco altenance caen", "formation/bts-management-commercial-operationnel"),
        ("ecole de production normandie", "dispositif/ecole-de-production"),
        ("formation continue comptabilité alençon", "formation/bts-comptabilite-et-gestion"),
        ("cité des métiers rouen horaires", "structure/cite-des-metiers-rouen"),
        ("Mission locale près de Gisors", "structure/mission-locale-vernon"),
        ("mission locale vernon", "structure/mission-locale-vernon"),
        ("être prof des écoles", "metier/professeur-des-ecoles"),
    ],
)
def test_the_sheet_that_a_person_would_want_comes_first(shipped: KnowledgeBase, words: str, expected: str) -> None:
    first = shipped.search(words).results[0]
    assert f"{first.kind}/{first.id}" == expected, first.why


def test_another_diploma_of_the_same_kind_is_no_misspelling(shipped: KnowledgeBase) -> None:
    titles = {hit.title: hit.score for hit in shipped.search("cap patisserie").results}
    assert titles["CAP pâtissier"] == 1.0 and all(score < 0.8 for title, score in titles.items() if title != "CAP pâtissier")


def test_the_place_that_welcomes_people_says_how_far_it_is(shipped: KnowledgeBase) -> None:
    first = shipped.search("Mission locale près de Gisors").results[0]
    assert first.why == "Accueille le secteur de Gisors" and first.distance_km is not None and 25 < first.distance_km < 35


def test_a_name_said_in_full_is_the_only_one_meant(shipped: KnowledgeBase) -> None:
    assert [hit.id for hit in shipped.link("je veux être prof des écoles", ["metier"])] == ["professeur-des-ecoles"]


def test_a_scheme_named_beside_a_trade_is_found_too(shipped: KnowledgeBase) -> None:
    assert {"vae", "aide-soignant"} <= {hit.id for hit in shipped.search("vae aide soignante").results[:3]}


def test_a_taste_that_nobody_told_is_not_answered(shipped: KnowledgeBase) -> None:
    whys = [hit.why for hit in shipped.search("chef d'atelier signalétique", kind="metier").results]
    assert whys and not any(why.startswith("Vous aimez") for why in whys)
    assert any(hit.why.startswith("Vous aimez") for hit in shipped.search("j'aime bricoler dehors", kind="metier").results)
