"""Answers that are one sheet: schemes, services, events, comparisons."""

from __future__ import annotations

import pytest

from tests.unit.actions.fakes import sheet
from tests.unit.actions.talk import Conversation


def test_what_is_the_vae_shows_its_sheet(talk: Conversation) -> None:
    reply = talk.says("c'est quoi la VAE", "vae")
    assert reply.cards[0]["id"] == "vae"
    assert reply.topic == 22
    assert reply.command == {"name": "offer_person"}


def test_a_parents_meeting_keeps_the_place_and_invents_no_date(talk: Conversation) -> None:
    reply = talk.says("un café des parents à Évreux ?", "agence_parents")
    assert reply.cards[0]["id"] == "cafe-des-parents"
    assert "Je n’ai pas de date vérifiée à Évreux" in reply.text


def test_a_past_event_is_said_to_be_past_and_where_the_next_is_announced(talk: Conversation) -> None:
    text = talk.says("c'est quand la semaine de la VAE", "agence_evenements").text
    assert "passé" in text
    assert "du 30 septembre 2019 au 4 octobre 2019" in text
    assert "La prochaine édition" in text


def test_an_acronym_is_explained_from_the_sheet_that_bears_it(talk: Conversation) -> None:
    assert talk.says("bts mco", "definition").cards[0]["id"] == "bts-mco"


def test_an_unknown_acronym_stays_unknown_and_a_person_is_offered(talk: Conversation) -> None:
    reply = talk.says("xyz c'est quoi", "definition")
    assert not reply.cards
    assert reply.command == {"name": "offer_person"}


def test_two_diplomas_are_put_side_by_side_and_none_is_preferred(talk: Conversation) -> None:
    reply = talk.says("BTS ou BUT ?", "comparer")
    assert [card["id"] for card in reply.cards] == ["bts", "but"]
    assert "pas de meilleur choix" in reply.text


def test_comparing_with_one_known_side_asks_for_the_other(talk: Conversation) -> None:
    assert "À quoi voulez-vous le comparer" in talk.says("boulanger ou zythologue ?", "comparer").text


def test_the_warning_about_fraud_comes_before_anything_else(talk: Conversation) -> None:
    assert talk.says("ils veulent mon mot de passe cpf", "cpf_fraude").text.startswith("Ne donnez jamais votre mot de passe")


def test_a_sheet_without_source_is_to_be_checked_by_the_agency(talk: Conversation) -> None:
    talk.kb.sheets.append(sheet("aide", "aide-permis", "Aide au permis", topics=[24], source=None))  # type: ignore[attr-defined]
    text = talk.says("aide au permis", "aides").text
    assert "À vérifier par l’agence" in text
    assert "qui décide" in text


@pytest.mark.parametrize(
    ("words", "intent", "topic"),
    [
        ("que des refus", "procedure_bloquee", 14),
        ("mon maître veut me virer", "contrat_probleme", 17),
        ("mon fils va plus en cours", "decrochage", 20),
        ("ils refusent de payer ma formation", "financement_refuse", 25),
        ("un kit pour mes 3e", "professionnel_enseignant", 28),
        ("je veux parler à un conseiller", "demander_conseiller", 29),
        ("3 fois que j'appelle", "reclamation", 30),
    ],
)
def test_some_questions_always_reach_a_person(talk: Conversation, words: str, intent: str, topic: int) -> None:
    command = talk.says(words, intent).command
    assert command is not None
    assert (command["name"], command["topic"]) == ("handover", topic)


def test_violence_at_work_puts_the_numbers_first_and_is_urgent(talk: Conversation) -> None:
    reply = talk.says("mon patron me frappe", "contrat_probleme")
    assert reply.text.startswith("Si vous êtes en danger maintenant, appelez le 17")
    assert reply.command is not None
    assert reply.command["urgency"] == "haute"
    assert reply.handover == 3


def test_a_foreign_minor_is_handed_over_and_an_adult_is_offered_a_person(talk: Conversation) -> None:
    assert talk.says("je suis mineur étranger", "diplome_etranger").handover == 2
    assert Conversation(talk.kb).says("mon bac algérien vaut quoi", "diplome_etranger").handover == 1


def test_a_parent_is_addressed_as_a_parent(talk: Conversation) -> None:
    assert "votre enfant" in talk.says("mon fils va plus en cours", "decrochage").text
    assert talk.slots["public"] == "parent"


def test_the_diploma_that_is_said_answers_what_comes_after_it(talk: Conversation) -> None:
    assert "Après un bac+2" in talk.says("avec juste un BTS, il y a une suite ?", "apres_diplome").text


def test_without_any_coming_event_it_says_so_first(talk: Conversation) -> None:
    talk.kb.sheets.append(sheet("evenement", "evenement-regional-orientation-metiers", "Grand événement", topics=[27]))  # type: ignore[attr-defined]
    assert talk.says("y a quoi comme salon", "agence_evenements").text.startswith("Je n’ai pas de date à venir vérifiée")
