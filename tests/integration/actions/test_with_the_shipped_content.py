"""The answers over the real knowledge base and the shipped sheets: what the public demonstration asks must be found."""

from __future__ import annotations

import pytest

from actions.runtime import load_tables
from knowledge_base.facade import KnowledgeBase
from tests.unit.actions.talk import Conversation

# GSM-7, concatenated: 2 × 153 characters.
TWO_SEGMENTS = 306


def test_a_pupil_who_wants_to_be_a_hairdresser_gets_the_card_of_the_trade(talk: Conversation) -> None:
    reply = talk.says("jve devenir coiffeuse cmt faire", "metier_acces")
    assert "D1202" in reply.cards[0]["rome"]
    assert [card["kind"] for card in reply.cards].count("metier") == 1


def test_the_vae_is_explained_and_then_found_near_rouen(talk: Conversation) -> None:
    assert talk.says("c'est quoi la VAE", "vae").cards[0]["kind"] == "dispositif"
    near = talk.says("et à Rouen ?", "preciser_lieu")
    assert {card["kind"] for card in near.cards} == {"structure"}


def test_the_parents_of_evreux_get_the_service_and_no_invented_date(talk: Conversation) -> None:
    reply = talk.says("un café des parents à Évreux ?", "agence_parents")
    assert reply.cards[0]["kind"] == "service"
    assert "pas de date vérifiée à Évreux" in reply.text


def test_the_mission_locale_of_vernon_keeps_the_place(talk: Conversation) -> None:
    talk.says("ML de Vernon ?", "structure_trouver")
    assert talk.slots["place"]["name"] == "Vernon"


def test_a_bts_by_its_acronym_is_explained(talk: Conversation) -> None:
    assert talk.says("bts mco", "definition").cards[0]["id"] in {"mco", "bts-management-commercial-operationnel"}


def test_recruitment_without_a_trade_asks_which_and_keeps_flers(talk: Conversation) -> None:
    assert "Flers" in talk.says("ça recrute vers Flers ?", "metier_recrutement").text


def test_a_date_of_the_founding_document_is_said_to_be_past(talk: Conversation) -> None:
    assert "passé" in talk.says("c'est quand la semaine de la VAE", "agence_evenements").text


@pytest.mark.parametrize(
    ("words", "intent", "kind"),
    [
        ("c'est quoi le boulot d'ergo", "metier_decouvrir", "metier"),
        ("faut quel diplôme pour être sage-femme", "metier_acces", "metier"),
        ("infirmière, je veux changer", "metier_proches", "metier"),
        ("BTS ou BUT ?", "comparer", "formation"),
        ("ASSP c'est quoi", "definition", "formation"),
        ("après la 3e je fais quoi", "apres_diplome", "dispositif"),
        ("que des refus, je fais quoi", "procedure_bloquee", "dispositif"),
        ("je lâche ma L1", "reorientation", "dispositif"),
        ("je cherche un patron", "apprentissage_chercher", "dispositif"),
        ("payé combien à 17 ans", "apprentissage_salaire", "dispositif"),
        ("différence E2C EPIDE ?", "dispositif_jeunes", "dispositif"),
        ("mon fils va plus en cours", "decrochage", "dispositif"),
        ("CIO de Lisieux", "structure_trouver", "structure"),
        ("mon CPF suffit ?", "droits_formation", "dispositif"),
        ("ils veulent mon mot de passe", "cpf_fraude", "dispositif"),
        ("aide permis", "aides", "aide"),
        ("démissionner et toucher le chômage", "demission_reconversion", "dispositif"),
        ("ULIS puis ?", "handicap_parcours", "dispositif"),
        ("mon bac algérien vaut ?", "diplome_etranger", "dispositif"),
        ("kit pour mes 3e", "professionnel_enseignant", "service"),
        ("accueillir un stagiaire", "professionnel_entreprise", "service"),
        ("les olympiades des métiers", "agence_evenements", "evenement"),
        ("la charte d'engagement normand", "agence_services", "service"),
        ("effacez tout", "donnees_personnelles", "service"),
    ],
)
def test_each_question_of_the_table_finds_its_sheet(talk: Conversation, words: str, intent: str, kind: str) -> None:
    reply = talk.says(words, intent)
    assert reply.cards, reply.text
    assert reply.cards[0]["kind"] == kind


def test_the_sheets_that_answers_name_exist(talk: Conversation, shipped: KnowledgeBase) -> None:
    named = {reference for answer in talk.answers.values() for reference in getattr(answer, "usual", ())}
    assert [reference for reference in sorted(named) if shipped.sheet(*reference.split("/")) is None] == []


def test_the_sheets_that_word_lists_name_exist(shipped: KnowledgeBase) -> None:
    tables = load_tables()
    named = [("metier", trade) for taste in tables["tastes"].values() for trade in taste["known"]]
    named += [("aide", aid) for aid in tables["words"]["paid_for"]]
    assert [reference for reference in named if shipped.sheet(*reference) is None] == []


def test_no_short_form_is_longer_than_two_sms(shipped: KnowledgeBase) -> None:
    too_long = {}
    for intent in Conversation(shipped).answers:
        for words in ("coiffeuse à Évreux", "je sais pas", "j'aime les animaux et la mer, BTS ou BUT à Caen ?"):
            reply = Conversation(shipped).says(words, intent)
            sms = reply.sms or reply.text
            if len(sms) > TWO_SEGMENTS:
                too_long[intent] = len(sms)
    assert too_long == {}
