"""Missions locales, CIO and others, by commune; hours only when they are known."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.unit.actions.talk import Conversation


def test_the_mission_locale_of_a_town_is_given_with_its_address(talk: Conversation) -> None:
    reply = talk.says("ML d'Évreux ?", "structure_trouver")
    assert reply.cards[0]["id"] == "ml-evreux"
    assert "1 rue de l’Exemple" in reply.text


def test_how_far_it_is_stands_on_its_card(talk: Conversation, monkeypatch: pytest.MonkeyPatch) -> None:
    near = talk.kb.structures_for
    monkeypatch.setattr(talk.kb, "structures_for", lambda *asked: [replace(hit, distance_km=12.4) for hit in near(*asked)])
    assert talk.says("ML d'Évreux ?", "structure_trouver").cards[0]["subtitle"].endswith("12 km")


def test_an_unknown_one_is_said_to_be_unknown_and_the_place_is_kept(talk: Conversation) -> None:
    reply = talk.says("ML de Vernon ?", "structure_trouver")
    assert "une mission locale à Vernon" in reply.text
    assert not reply.cards
    assert reply.command == {"name": "offer_person"}
    assert talk.slots["place"]["name"] == "Vernon"


def test_the_town_is_asked_and_its_answer_is_enough(talk: Conversation) -> None:
    assert "Dans quelle commune" in talk.says("une mission locale", "structure_trouver").text
    assert talk.says("Évreux", "nlu_fallback").cards[0]["id"] == "ml-evreux"


def test_hours_that_no_sheet_holds_are_not_invented(talk: Conversation) -> None:
    talk.says("ML d'Évreux ?", "structure_trouver")
    assert "ni horaires ni téléphone vérifiés" in talk.says("ouvert samedi ?", "structure_horaires").text


def test_a_place_without_a_question_is_kept_and_asks_what_is_wanted(talk: Conversation) -> None:
    assert "Que cherchez-vous" in talk.says("à Caen", "preciser_lieu").text


def test_a_departement_by_its_number_is_a_place_and_a_date_is_none(talk: Conversation) -> None:
    talk.says("lycee ki fait mode couture ds le 14 ?", "formation_chercher")
    assert talk.slots["place"]["name"] == "Calvados"
    other = Conversation(talk.kb)
    other.says("jcherche un stage de 3e vite c pr le 14 decembre", "stage_chercher")
    assert other.slots.get("place") is None


def test_a_town_is_named_as_people_say_it(talk: Conversation) -> None:
    assert "près d’Évreux" in talk.says("cap coiffure à Évreux", "formation_chercher").text
    assert "dans le Calvados" in talk.says("et dans le Calvados ?", "preciser_lieu").text
