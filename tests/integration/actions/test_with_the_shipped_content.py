"""The answers over the real knowledge base and the shipped sheets: what the public demonstration asks must be found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from actions.computed import APPRENTICE_PAY
from actions.conversation import SAID_BY_ACT
from actions.runtime import load_tables
from knowledge_base.facade import KnowledgeBase
from tests.unit.actions.talk import Conversation

# GSM-7, concatenated: 2 × 153 characters.
TWO_SEGMENTS = 306


def test_a_pupil_who_wants_to_be_a_hairdresser_gets_the_card_of_the_trade(talk: Conversation) -> None:
    reply = talk.says("jve devenir coiffeuse cmt faire", "question")
    assert "D1202" in reply.cards[0]["rome"]
    assert [card["kind"] for card in reply.cards].count("metier") == 1


def test_the_vae_is_explained_and_then_found_near_rouen(talk: Conversation) -> None:
    assert talk.says("c'est quoi la VAE", "question").cards[0]["id"] == "vae"
    near = talk.says("et à Rouen ?", "preciser_lieu")
    assert [card["kind"] for card in near.cards] == ["structure"] * (len(near.cards) - 1) + ["dispositif"]
    assert "Quand on habite à Rouen" in near.text and len(near.cards) > 1


def test_the_parents_of_evreux_get_the_service_and_no_invented_date(talk: Conversation) -> None:
    reply = talk.says("un café des parents à Évreux ?", "question")
    assert reply.cards[0]["id"] == "cafe-des-parents"
    assert "2026" not in reply.text.partition("(Source")[0]


def test_the_mission_locale_of_vernon_keeps_the_place(talk: Conversation) -> None:
    talk.says("ML de Vernon ?", "question")
    assert talk.slots["place"]["name"] == "Vernon"


def test_a_bts_by_its_acronym_is_explained(talk: Conversation) -> None:
    assert talk.says("bts mco", "question").cards[0]["id"] in {"mco", "bts-management-commercial-operationnel"}


def test_recruitment_without_a_trade_names_none_and_keeps_flers(talk: Conversation) -> None:
    reply = talk.says("ça recrute vers Flers ?", "question")
    assert talk.slots["place"]["name"] == "Flers"
    assert "Flers" in reply.text and "charge-de-recrutement" not in [card["id"] for card in reply.cards], reply.text


def test_a_date_of_the_founding_document_is_said_to_be_past(talk: Conversation) -> None:
    assert "passé" in talk.says("c'est quand la semaine de la VAE", "question").text


@pytest.mark.parametrize(
    ("words", "act", "kind"),
    [
        ("c'est quoi le boulot d'ergo", "question", "metier"),
        ("faut quel diplôme pour être sage-femme", "question", "metier"),
        # To leave a trade is advised as well as the trades near it.
        ("infirmière, je veux changer", "question", "dispositif"),
        ("BTS ou BUT ?", "comparer", "formation"),
        ("ASSP c'est quoi", "question", "formation"),
        ("après la 3e je fais quoi", "question", "dispositif"),
        ("que des refus, je fais quoi", "question", "dispositif"),
        ("je lâche ma L1", "question", "dispositif"),
        ("je cherche un patron", "question", "dispositif"),
        ("payé combien à 17 ans", "question", "dispositif"),
        ("différence E2C EPIDE ?", "question", "dispositif"),
        ("mon fils va plus en cours", "question", "dispositif"),
        ("CIO de Lisieux", "question", "structure"),
        ("mon CPF suffit ?", "question", "dispositif"),
        ("ils veulent mon mot de passe", "question", "dispositif"),
        ("aide permis", "question", "aide"),
        ("démissionner et toucher le chômage", "question", "dispositif"),
        ("ULIS puis ?", "question", "dispositif"),
        ("mon bac algérien vaut ?", "question", "dispositif"),
        ("kit pour mes 3e", "question", "service"),
        ("accueillir un stagiaire", "question", "service"),
        ("les olympiades des métiers", "question", "terme"),
        ("la charte d'engagement normand", "question", "service"),
        ("effacez tout", "donnees_personnelles", "service"),
    ],
)
def test_each_question_of_the_table_finds_its_sheet(talk: Conversation, words: str, act: str, kind: str) -> None:
    reply = talk.says(words, act)
    assert reply.cards, reply.text
    assert reply.cards[0]["kind"] == kind


def test_the_sheets_that_answers_name_exist(shipped: KnowledgeBase) -> None:
    named = {APPRENTICE_PAY, *SAID_BY_ACT, *load_tables()["desks"]["sheets"]}
    assert [reference for reference in sorted(named) if shipped.sheet(*reference.split("/")) is None] == []


def test_the_sheets_that_word_lists_name_exist(shipped: KnowledgeBase) -> None:
    tables = load_tables()
    named = [("metier", trade) for taste in tables["tastes"].values() for trade in taste["known"]]
    named += [(kind, name) for kind, name in (key.split("/") for key in _rereading(tables["rereading"]))]
    assert [reference for reference in named if shipped.sheet(*reference) is None] == []


def _rereading(table: dict[str, Any]) -> Iterator[str]:
    """Every sheet that the table of rereading names."""
    yield from (sheet for name, sheet in table.items() if name.endswith("_sheet"))
    for name in ("company_wants", "paid_for", "apprentice_sheets", "for_level", "for_public"):
        yield from table[name]
    for swaps in (*table["for_level"].values(), *table["for_public"].values(), table["after_level"]):
        yield from swaps.values()


def test_no_short_form_is_longer_than_two_sms(shipped: KnowledgeBase) -> None:
    too_long = {}
    for act in Conversation(shipped).answers:
        for words in ("coiffeuse à Évreux", "je sais pas", "j'aime les animaux et la mer, BTS ou BUT à Caen ?"):
            reply = Conversation(shipped).says(words, act)
            sms = reply.sms or reply.text
            if len(sms) > TWO_SEGMENTS:
                too_long[act] = len(sms)
    assert too_long == {}
