"""Wordings that once met the wrong sheet or a dead end, over the shipped sheets."""

from __future__ import annotations

import pytest

from tests.unit.actions.talk import Conversation


@pytest.mark.parametrize(("words", "act", "expected"), [
    ("cmt on fait pr etre prof des ecoles", "question", "metier/professeur-des-ecoles"),
    ("y a des garçons sage-femme ?", "question", "metier/sage-femme"),
    ("je suis en fauteuil je peux etre comptable ?", "question", "dispositif/handicap-parcours"),
    ("comment marche le projet de transition professionnelle", "question", "dispositif/ptp"),
    ("j'ai pas d'argent pour aller à l'école en bus", "question", "aide/aides-au-transport"),
    ("je suis en formation et je suis pas payé", "question", "dispositif/stagiaire-non-paye"),
    ("notre entreprise voudrait présenter ses métiers", "question", "service/ambassadeurs-metiers"),
    ("je suis artisan, je cherche un apprenti", "question", "service/recruter-un-apprenti"),
    ("à qui parler pour signer la charte", "question", "service/charte-engagement-normand"),
    ("mon patron me paie pas mes heures", "question", "dispositif/mediateur-apprentissage"),
    ("mon maître veut me virer", "question", "dispositif/rupture-contrat-apprentissage"),
    ("mon fils va plus en cours", "question", "dispositif/decrochage-que-faire"),
    ("j'ai arreté l'école j'ai 16 ans", "question", "dispositif/decrochage-que-faire"),
    ("quels métiers pour quelqu'un qui aime les voitures", "explorer", "metier/mecanicien-automobile"),
    ("je suis nul en maths mais j'adore parler aux gens", "explorer", "metier/commercial"),
])
def test_the_words_meet_the_sheet_that_answers_them(talk: Conversation, words: str, act: str, expected: str) -> None:
    reply = talk.replies(words, act)[0]
    assert f"{reply.cards[0]['kind']}/{reply.cards[0]['id']}" == expected, reply.text


def test_a_dropout_is_not_told_how_to_speak_with_a_child(talk: Conversation) -> None:
    assert "Parlez avec le jeune" not in talk.says("jvais plu au lycée", "question").text


def test_what_is_disliked_is_not_said_to_be_liked(talk: Conversation) -> None:
    assert "maths" not in talk.says("je suis nul en maths mais j'adore parler aux gens", "explorer").text


def test_a_course_and_an_aid_in_one_message_are_both_found(talk: Conversation) -> None:
    replies = talk.replies("c'est quoi le CAP cuisine et y a des aides pour le permis", "question")
    assert {reply.cards[0]["id"] for reply in replies} == {"cap-cuisine", "aides-au-permis"}


def test_a_place_that_is_named_is_told_with_its_address(talk: Conversation) -> None:
    reply = talk.says("ML de Vernon ?", "question")
    assert reply.cards[0]["id"] == "mission-locale-vernon" and "12 rue Saint-Lazare, 27200 Vernon" in reply.text
    assert "12 rue Saint-Lazare" in (reply.sms or "")


def test_hours_that_nobody_checked_lead_to_a_person(talk: Conversation) -> None:
    reply = talk.says("à quelle heure ferme la mission locale du Havre", "question")
    assert reply.cards[0]["id"] == "mission-locale-le-havre"
    assert reply.handover == 1 and reply.command == {"name": "offer_person"}


def test_the_hours_of_another_place_are_not_those_of_the_first(talk: Conversation) -> None:
    talk.says("à quelle heure ferme la mission locale du Havre", "question")
    assert talk.says("et le cio ?", "question").cards[0]["id"].startswith("cio-")


def test_our_own_hours_are_asked_of_the_channels(talk: Conversation) -> None:
    assert talk.says("vous êtes ouverts samedi ?", "aide_usage").command == {
        "name": "opening_hours", "said": "vous êtes ouverts samedi ?"}


def test_a_whole_domain_shows_its_courses(talk: Conversation) -> None:
    reply = talk.says("je cherche une formation dans la vente", "question")
    assert "formation" in [card["kind"] for card in reply.cards], reply.text
    assert talk.says("la première", "choisir").cards[0]["id"] == reply.cards[0]["id"]


def test_an_age_asks_what_an_apprentice_earns(talk: Conversation) -> None:
    talk.says("c'est quoi pâtissier", "question")
    assert "27 %" in talk.says("c'est payé combien à 16 ans", "question").text


@pytest.mark.parametrize(("age", "line"), [(17, "27"), (18, "43"), (25, "53"), (30, "100")])
def test_the_line_of_an_age_is_read_in_the_scale(talk: Conversation, age: int, line: str) -> None:
    assert f"au moins : {line}" in talk.says(f"combien gagne un apprenti de {age} ans", "question").text
