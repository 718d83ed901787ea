"""Keeping the thread: choices, yes and no, misunderstandings, tastes, closing."""

from __future__ import annotations

import pytest

from knowledge_base.search.needs.finder import Need
from tests.unit.actions.talk import Conversation


def _about_hairdressers(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", Need("metier/coiffeur", ("definition",), 0.95))
    talk.says("coiffeuse", "question")


def test_the_first_opens_the_first_of_the_list(talk: Conversation) -> None:
    talk.says("j'aime la mode", "explorer")
    shown = talk.slots["shown"]
    assert talk.says("la première", "choisir").cards[0]["id"] == shown[0]["id"]


def test_tastes_said_in_words_give_trades_and_why(talk: Conversation) -> None:
    reply = talk.says("j'aime cuisiner mais j'aime pas les maths", "explorer")
    assert "la cuisine" in reply.text
    assert "maths" not in reply.text
    assert reply.cards[0]["id"] == "patissier"


def test_the_exploration_of_tastes_takes_seven_answers_and_ends_in_trades(talk: Conversation) -> None:
    reply = talk.says("je sais pas quoi faire", "explorer")
    for number in range(1, 8):
        assert f"{number}/7" in reply.text
        reply = talk.presses(talk.labels()[0])
    assert reply.cards
    assert "Vous avez dit aimer" in reply.text
    assert reply.command == {"name": "offer_person"}


def test_the_exploration_can_be_stopped_with_what_is_known(talk: Conversation) -> None:
    talk.says("je sais pas quoi faire", "explorer")
    talk.presses(talk.labels()[0])
    assert "Vous avez dit aimer : faire de vos mains" in talk.presses("Voir les métiers").text


def test_an_age_is_kept_and_years_of_experience_are_no_age(talk: Conversation) -> None:
    talk.says("j'ai 16 ans", "preciser_profil")
    assert talk.slots["age"] == 16
    other = Conversation(talk.kb)
    other.says("12 ans aide à dom sans diplôme", "question")
    assert other.slots.get("age") is None


def test_simpler_gives_the_one_plain_sentence(talk: Conversation) -> None:
    _about_hairdressers(talk)
    assert "Il ou elle coupe et coiffe." in talk.says("hein ?", "pas_compris").text


def test_the_assistant_says_that_it_is_automatic(talk: Conversation) -> None:
    assert "assistant automatique" in talk.says("t'es un robot ?", "qui_es_tu").text


def test_a_question_on_data_explains_and_a_demand_to_erase_is_asked_to_be_confirmed(talk: Conversation) -> None:
    assert talk.says("vous gardez mes données ?", "donnees_personnelles").quick_replies[0].payload == {"command": "erase"}
    assert talk.says("effacez tout", "donnees_personnelles").command == {"name": "erase"}


def test_a_day_said_with_the_call_back_goes_along(talk: Conversation) -> None:
    command = talk.says("rappelez-moi lundi svp", "demander_rappel").command
    assert command == {"name": "callback", "said": "rappelez-moi lundi svp"}


def test_thanks_can_be_the_end(talk: Conversation) -> None:
    _about_hairdressers(talk)
    talk.says("merci", "remerciement")
    assert "Nous avons parlé de" in talk.presses("C’est tout, merci").text
    talk.says("merci", "remerciement")
    assert "Nous avons parlé de" in talk.says("non c'est bon", "nier").text


def test_goodbye_recalls_what_was_seen_and_asks_for_a_note(talk: Conversation) -> None:
    _about_hairdressers(talk)
    reply = talk.says("au revoir", "au_revoir")
    assert "Coiffeur / Coiffeuse" in reply.text
    assert reply.command == {"name": "feedback"}


@pytest.mark.parametrize("sure", [0.97, 0.7])
def test_what_the_engine_alone_takes_for_distress_gets_the_numbers_and_nobody_is_alerted(talk: Conversation, sure: float) -> None:
    reply = talk.says("mon frère me tape sur les nerfs", "detresse", [("detresse", sure), ("bavardage", 0.02)])
    assert "3114" in reply.text
    assert reply.command == {"name": "offer_person"}
    assert not reply.understood


def test_variants_change_where_repetition_would_grate(talk: Conversation) -> None:
    texts = {talk.says("merci", "remerciement").text for _ in range(3)}
    assert len(texts) == 3


def test_no_answer_has_more_than_four_buttons_or_two_commands(talk: Conversation) -> None:
    for intent in talk.answers:
        wire = Conversation(talk.kb).says("coiffeuse à Évreux", intent).wire()
        assert len(wire["quick_replies"]) <= 4, intent
        assert wire["text"], intent


def test_the_exploration_accepts_other_words_and_a_shrug(talk: Conversation) -> None:
    talk.says("je sais pas quoi faire", "explorer")
    assert "2/7" in talk.says("plutôt créer", "explorer").text
    assert "3/7" in talk.says("bof", "nier").text


def test_an_age_in_letters_is_an_age(talk: Conversation) -> None:
    talk.says("j'ai quinze ans et demi", "preciser_profil")
    assert talk.slots["age"] == 15


def test_asking_for_help_is_not_liking_to_help(talk: Conversation) -> None:
    assert "1/7" in talk.says("pouvez-vous m'aider à trouver un métier", "explorer").text


def test_what_a_child_likes_is_told_to_the_parent_as_such(talk: Conversation) -> None:
    assert talk.says("ma fille aime la mode", "explorer").text.startswith("Votre enfant aime : la mode")
