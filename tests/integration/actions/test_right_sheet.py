"""Wordings that once met the wrong sheet or a dead end, over the shipped sheets."""

from __future__ import annotations

import pytest

from actions.answers.apprentissage_salaire import line_of_age
from tests.unit.actions.talk import Conversation


@pytest.mark.parametrize(("words", "intent", "expected"), [
    ("cmt on fait pr etre prof des ecoles", "metier_acces", "metier/professeur-des-ecoles"),
    ("y a des garçons sage-femme ?", "metier_mixite", "metier/sage-femme"),
    ("je suis en fauteuil je peux etre comptable ?", "metier_mixite", "dispositif/handicap-parcours"),
    ("comment marche le projet de transition professionnelle", "droits_formation", "dispositif/ptp"),
    ("j'ai pas d'argent pour aller à l'école en bus", "aides", "aide/aides-au-transport"),
    ("je suis en formation et je suis pas payé", "financement_refuse", "dispositif/stagiaire-non-paye"),
    ("notre entreprise voudrait présenter ses métiers", "professionnel_entreprise", "service/ambassadeurs-metiers"),
    ("je suis artisan, je cherche un apprenti", "professionnel_entreprise", "service/recruter-un-apprenti"),
    ("à qui parler pour signer la charte", "professionnel_entreprise", "service/charte-engagement-normand"),
    ("mon patron me paie pas mes heures", "contrat_probleme", "dispositif/mediateur-apprentissage"),
    ("mon maître veut me virer", "contrat_probleme", "dispositif/rupture-contrat-apprentissage"),
    ("mon fils va plus en cours", "decrochage", "dispositif/decrochage-que-faire"),
    ("j'ai arreté l'école j'ai 16 ans", "decrochage", "dispositif/obligation-formation-16-18"),
    ("quels métiers pour quelqu'un qui aime les voitures", "metier_gouts", "metier/mecanicien-automobile"),
    ("je suis nul en maths mais j'adore parler aux gens", "metier_gouts", "metier/commercial"),
])
def test_the_words_meet_the_sheet_that_answers_them(talk: Conversation, words: str, intent: str, expected: str) -> None:
    reply = talk.says(words, intent)
    assert f"{reply.cards[0]['kind']}/{reply.cards[0]['id']}" == expected, reply.text


def test_a_dropout_is_not_told_how_to_speak_with_a_child(talk: Conversation) -> None:
    assert "Parlez avec le jeune" not in talk.says("jvais plu au lycée", "decrochage").text


def test_what_is_disliked_is_not_said_to_be_liked(talk: Conversation) -> None:
    assert "maths" not in talk.says("je suis nul en maths mais j'adore parler aux gens", "metier_gouts").text


def test_a_course_and_an_aid_in_one_message_are_both_found(talk: Conversation) -> None:
    replies = talk.replies("c'est quoi le CAP cuisine et y a des aides pour le permis", "aides")
    assert [reply.cards[0]["id"] for reply in replies] == ["cap-cuisine", "aides-au-permis"]


def test_a_place_without_address_or_telephone_leads_to_a_person(talk: Conversation) -> None:
    reply = talk.says("ML de Vernon ?", "structure_trouver")
    assert reply.handover == 1 and "un conseiller peut vous les donner" in reply.text
    assert "Trouver un CIO" in talk.labels()


def test_the_hours_of_another_place_are_not_those_of_the_first(talk: Conversation) -> None:
    talk.says("à quelle heure ferme la mission locale du Havre", "structure_horaires")
    assert talk.says("et le cio ?", "structure_horaires").cards[0]["id"] == "cio-le-havre"


def test_our_own_hours_are_asked_of_the_channels(talk: Conversation) -> None:
    assert talk.says("vous êtes ouverts samedi ?", "structure_horaires").command == {
        "name": "opening_hours", "said": "vous êtes ouverts samedi ?"}


def test_a_whole_domain_is_narrowed_by_questions_then_listed_for_the_level(talk: Conversation) -> None:
    assert "formations dans ce domaine" in talk.says("je cherche une formation dans la vente", "formation_chercher").text
    assert talk.followup == "course_form"
    talk.slots |= {"level": "3e", "rhythm": "indifferent", "place": {"name": "Normandie", "code": None, "kind": None}}
    reply = talk.says("partout", "course_results")
    assert "cap-equipier-polyvalent-du-commerce" in [card["id"] for card in reply.cards]
    assert not [card for card in reply.cards if card["title"].startswith("BTS")]
    assert talk.says("la première", "choisir").cards[0]["id"] == reply.cards[0]["id"]


def test_an_age_asks_what_an_apprentice_earns(talk: Conversation) -> None:
    talk.says("c'est quoi pâtissier", "metier_decouvrir")
    reply = talk.says("c'est payé combien à 16 ans", "metier_salaire")
    assert "À 16 ans, un apprenti gagne au moins : 27 %" in reply.text


@pytest.mark.parametrize(("age", "line"), [(17, "27 %"), (18, "43 %"), (25, "53 %"), (30, "100 %")])
def test_the_line_of_an_age_is_read_in_the_scale(age: int, line: str) -> None:
    scale = ("Minimum, en % du Smic. Moins de 18 ans : 27 %. De 18 à 20 ans : 43 %. De 21 à 25 ans : 53 %. "
             "À partir de 26 ans : 100 %. Au 1er janvier.")
    assert line_of_age(scale, age) == line
