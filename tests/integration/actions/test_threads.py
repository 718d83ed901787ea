"""Threads over the shipped sheets: what goes on about the sheet in hand, and what asks for another."""

from __future__ import annotations

import pytest

from tests.unit.actions.talk import Conversation


def shown(talk: Conversation, text: str, act: str = "question", sure: float = 0.9) -> str:
    """The last sheet of a reply: what it is about stands behind its places."""
    reply = talk.replies(text, act, [(act, sure)])[0]
    return " ".join(card["id"] for card in reply.cards)


@pytest.mark.parametrize(("before", "text", "sheet"), [
    ("combien gagne un apprenti", "faut quel diplome pr la creche", "petite-enfance"),
    ("combien gagne un apprenti", "Et pour les parents, vous avez la même chose ?", "cafe-des-parents"),
    ("bac techno stmg", "une dernière chose le dossier parcoursup faut le finir quand", "parcoursup"),
    ("licence droit", "est-ce que je perds ma bourse si j'arrete ?", "reorientation-etudiant"),
    ("l'obligation de formation de 16 à 18 ans", "une copine ma parler de lepide", "epide"),
    ("bac techno stmg", "et l'appart ça coûte combien là bas", "aides-au-logement"),
])
def test_what_names_something_else_leaves_the_sheet_in_hand(talk: Conversation, before: str, text: str, sheet: str) -> None:
    talk.says(before, "question")
    assert sheet in shown(talk, text)


@pytest.mark.parametrize(("before", "text", "sheet"), [
    ("couvreur", "et c'est dangereux ?", "couvreur"), ("couvreur", "et c'est payé combien", "couvreur"),
    ("couvreur", "y a des filles ?", "couvreur"), ("couvreur", "faut savoir dessiner ?", "couvreur"),
    ("le stage de 3e", "et si j'en trouve pas il se passe quoi", "stage-3e"),
    ("le stage de 3e", "je veux dans une ecole ou avec des animaux", "stage-3e"),
])
def test_what_is_asked_of_the_sheet_in_hand_stays_with_it(talk: Conversation, before: str, text: str, sheet: str) -> None:
    talk.says(before, "question")
    assert sheet in shown(talk, text)


def test_what_was_refused_is_not_told_again(talk: Conversation) -> None:
    talk.says("comment on devient comptable", "question")
    assert shown(talk, "non pas comptable, aide comptable, le boulot en dessous", "corriger") == "tp-comptable-assistant"
    assert shown(talk, "il y a un titre professionnel pour ça non ?") == "tp-comptable-assistant"


def test_a_correction_by_the_short_name_goes_to_it_and_keeps_it(talk: Conversation) -> None:
    talk.says("bac techno stmg", "question")
    assert "but-gestion-des-entreprises" in shown(talk, "je voulais dire GEA, pas TC", "corriger")
    assert "but-gestion-des-entreprises" in shown(talk, "et à Caen ?", "preciser_lieu")


def test_what_is_asked_after_trades_that_were_proposed_is_asked_of_them(talk: Conversation) -> None:
    trades = [card["title"] for card in talk.says("j'aime les enfants, quel métier", "explorer").cards]
    replies = talk.replies("et c paye combien", "question")
    assert [reply.cards[0]["title"] for reply in replies] == trades[:2]


def test_the_age_and_the_apprenticeship_told_before_ask_what_an_apprentice_earns(talk: Conversation) -> None:
    talk.says("j'ai 16 ans et je veux être coiffeuse", "question")
    talk.says("et en apprentissage ?", "question")
    assert shown(talk, "je serai payé combien moi à mon âge") == "salaire-apprenti"


def test_the_difference_with_another_trade_compares_both(talk: Conversation) -> None:
    talk.says("agent immobilier", "question")
    ids = shown(talk, "je comprends pas la différence avec gestionnaire de copropriété", "corriger", 0.7)
    assert "agent-immobilier" in ids and "gestionnaire-locatif" in ids


def test_a_point_that_the_sheet_does_not_hold_is_not_answered_by_another(talk: Conversation) -> None:
    talk.says("boulanger", "question")
    reply = talk.says("c'est quand les inscriptions", "question")
    assert reply.text.startswith("Je n’ai pas cette précision") and reply.command is not None


def test_what_our_service_costs_is_no_question_about_the_trade_in_hand(talk: Conversation) -> None:
    talk.says("assistant en ressources humaines", "question")
    reply = talk.says("et au fait c'est gratuit ce que vous faites", "question")
    assert "gratuit" in reply.text.lower() and "parler-a-un-conseiller" in [card["id"] for card in reply.cards]
