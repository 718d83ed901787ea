"""A few words after an answer: what they ask again, what they leave out, what they are not about."""

from __future__ import annotations

import pytest

from actions.compose import headed, steps_on_lines
from actions.understanding.subjects import introduces_a_trade
from tests.unit.actions.fakes import sheet
from tests.unit.actions.talk import Conversation

UNSURE = [("metier_decouvrir", 0.3), ("structure_horaires", 0.2)]


@pytest.mark.parametrize(("said", "taken_for", "expected"), [
    ("et comment on y arrive ?", "nlu_fallback", "Le CAP métiers de la coiffure."),
    ("et le week end", "structure_horaires", "debout toute la journée"),
    ("c'est payé combien", "nlu_fallback", "salaire vérifié"),
])
def test_a_few_words_that_the_engine_is_unsure_of_are_about_the_trade_in_mind(
    talk: Conversation, said: str, taken_for: str, expected: str
) -> None:
    talk.says("c'est quoi coiffeuse", "metier_decouvrir")
    assert expected in talk.says(said, taken_for, UNSURE).text


def test_without_a_trade_in_mind_the_same_words_are_not_guessed_at(talk: Conversation) -> None:
    assert not talk.says("et le week end", "nlu_fallback", UNSURE).understood


def test_what_is_not_wanted_is_not_shown(talk: Conversation) -> None:
    reply = talk.says("je veux pas faire de coiffure", "formation_chercher")
    assert not reply.cards


def test_a_correction_without_a_comma_takes_the_other_trade(talk: Conversation) -> None:
    talk.says("boulanger", "metier_decouvrir")
    assert "Pâtissier" in talk.says("non pas boulanger patissier", "corriger").text


def test_a_place_after_a_trade_keeps_the_trade(talk: Conversation) -> None:
    talk.says("c'est quoi coiffeuse", "metier_decouvrir")
    reply = talk.says("et à Caen ?", "preciser_lieu")
    assert "Caen" in reply.text and "Coiffeur / Coiffeuse" in reply.text


def test_apprenticeship_asked_after_the_ways_in_is_answered_alone(talk: Conversation) -> None:
    talk.says("comment devenir coiffeuse", "metier_acces")
    reply = talk.says("et en apprentissage ?", "metier_acces")
    assert "Oui, en salon." in reply.text and "CAP métiers" not in reply.text


def test_after_two_sheets_side_by_side_which_is_best_is_not_ruled_on(talk: Conversation) -> None:
    talk.says("BTS ou BUT ?", "comparer")
    assert "choisir à votre place" in talk.says("lequel est le mieux ?", "comparer").text


def test_a_definition_and_another_question_in_one_message_are_both_answered(talk: Conversation) -> None:
    replies = talk.replies("c'est quoi coiffeuse et ça recrute à Caen ?", "metier_recrutement")
    assert len(replies) == 1, "« c'est quoi coiffeuse » holds no article: only the clear question is answered"
    replies = talk.replies("c'est quoi une coiffeuse et ça recrute à Caen ?", "metier_recrutement")
    assert "coupe et coiffe" in replies[0].text and "Caen" in replies[1].text
    assert not replies[0].quick_replies


def test_words_that_only_look_like_another_trade_stay_about_the_one_in_mind(talk: Conversation) -> None:
    talk.says("c'est quoi coiffeuse", "metier_decouvrir")
    assert "debout" in talk.says("on peut faire longtemps ça ?", "metier_conditions").text


@pytest.mark.parametrize(("said", "brings_up"), [
    ("une fille peut faire mécanique ?", True), ("y a des filles ?", False), ("et pour une femme ?", False),
    ("un garçon peut être sage-femme", True), ("je peux faire ça ?", False)])
def test_a_question_that_names_its_own_trade_is_told_from_a_follow_up(said: str, brings_up: bool) -> None:
    assert introduces_a_trade(said) is brings_up


@pytest.mark.parametrize("said", ["plus près", "c'est trop loin", "un peu ailleurs"])
def test_nearer_asks_the_commune_then_says_that_nothing_nearer_is_known(talk: Conversation, said: str) -> None:
    talk.says("cap coiffure dans le Calvados", "formation_chercher")
    assert "commune" in talk.says(said, "nlu_fallback", UNSURE).text
    talk.says("Vernon", "nlu_fallback", UNSURE)
    assert "plus près" in talk.says(said, "nlu_fallback", UNSURE).text
    assert "Trouver un CIO" in talk.labels()


def test_a_question_about_two_trades_is_answered_for_both(talk: Conversation) -> None:
    replies = talk.replies("c'est quoi coiffeur et boulanger", "metier_decouvrir")
    assert [reply.cards[0]["id"] for reply in replies] == ["coiffeur", "boulanger"]


def test_a_trade_that_one_wants_to_do_is_shown_however_the_rest_is_said(talk: Conversation) -> None:
    assert talk.says("jsui à Flers et jveu faire boulanger", "nlu_fallback", UNSURE).cards[0]["id"] == "boulanger"
    assert talk.slots["place"]["name"] == "Flers"


def test_a_bare_level_sorts_the_courses_just_shown(talk: Conversation) -> None:
    talk.says("cap coiffure", "formation_chercher")
    assert talk.says("bac", "nlu_fallback", UNSURE).cards[0]["id"] == "cap-coiffure"
    assert talk.slots["level"] == "bac"


@pytest.mark.parametrize("said", ["et en apprentissage à 15 ans ?", "et pour un apprenti ?"])
def test_apprenticeship_asked_after_a_pay_is_about_the_pay(talk: Conversation, said: str) -> None:
    talk.says("ça gagne combien un couvreur", "metier_salaire")
    talk.says(said, "apprentissage_chercher")
    assert talk.slots["last_intent"] == "apprentissage_salaire"


def test_numbered_steps_stand_one_on_a_line() -> None:
    assert steps_on_lines("1. Écrire. 2. Appeler le 15 juin.") == "\n1. Écrire.\n2. Appeler le 15 juin."
    assert steps_on_lines("Au bac + 2. Ensuite, 3. rien.") == "Au bac + 2. Ensuite, 3. rien."


@pytest.mark.parametrize(("title", "summary", "expected"), [
    ("CAP pâtissier", "CAP pâtissier : on apprend.", "CAP pâtissier : on apprend."),
    ("Je ne trouve pas de stage", "Pas de stage ? Cherchez.", "Pas de stage ? Cherchez."),
    ("Le bilan", "Il fait le point.", "Le bilan : Il fait le point.")])
def test_a_title_is_not_said_twice(title: str, summary: str, expected: str) -> None:
    assert headed(sheet("dispositif", "x", title, summary), summary) == expected
