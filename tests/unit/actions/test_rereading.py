"""Words of a message, or of the thread, that change which sheet or which point is asked."""

from __future__ import annotations

import pytest

from knowledge_base.search.needs.finder import Need
from tests.unit.actions.fakes import FakePlace, sheet
from tests.unit.actions.talk import Conversation

FLERS = FakePlace("Flers", "61169")
HAIRDRESSER = Need("metier/coiffeur", ("definition",), 0.95)
ROOFER = Need("metier/couvreur", ("work_conditions",), 0.9)


def known(talk: Conversation, key: str, title: str) -> Conversation:
    """The knowledge base with one more sheet."""
    kind, _, name = key.partition("/")
    talk.kb.sheets.append(sheet(kind, name, title))
    return talk


def first(talk: Conversation, text: str, act: str = "question") -> str:
    """The sheet that answers first."""
    card = talk.replies(text, act)[0].cards[0]
    return f"{card['kind']}/{card['id']}"


def test_a_company_is_told_what_it_wants_and_not_its_owners_trade(talk: Conversation) -> None:
    known(talk, "service/recruter-un-apprenti", "Recruter un apprenti")
    talk.kb.asks("je suis artisan coiffeur je cherche une apprentie", HAIRDRESSER)
    assert first(talk, "je suis artisan coiffeur je cherche une apprentie") == "service/recruter-un-apprenti"


def test_another_thing_to_pay_is_another_aid_even_when_taken_for_small_talk(talk: Conversation) -> None:
    known(talk, "aide/aides-au-permis", "Aides au permis")
    known(talk, "aide/aides-au-logement", "Aides au logement")
    talk.kb.asks("aide permis", Need("aide/aides-au-permis", ("cost",), 1.0))
    talk.kb.asks("et pour le loyer ?", Need("aide/aides-au-permis", ("conditions",), 1.0), follow_up=True, named=False)
    assert first(talk, "aide permis") == "aide/aides-au-permis"
    assert first(talk, "et pour le loyer ?", "hors_sujet") == "aide/aides-au-logement"


@pytest.mark.parametrize("text", ["c'est payé combien à 16 ans", "elle toucherait combien en apprentissage"])
def test_pay_and_a_young_age_or_apprenticeship_ask_what_an_apprentice_earns(talk: Conversation, text: str) -> None:
    known(talk, "dispositif/salaire-apprenti", "Le salaire d’un apprenti")
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.kb.asks(text, Need("metier/coiffeur", ("pay",), 1.0), follow_up=True, named=False)
    talk.says("coiffeuse", "question")
    assert first(talk, text) == "dispositif/salaire-apprenti"


def test_the_pay_of_a_grown_up_is_that_of_the_trade(talk: Conversation) -> None:
    known(talk, "dispositif/salaire-apprenti", "Le salaire d’un apprenti")
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.kb.asks("et payé combien à 40 ans", Need("metier/coiffeur", ("pay",), 1.0), follow_up=True, named=False)
    talk.says("coiffeuse", "question")
    assert first(talk, "et payé combien à 40 ans") == "metier/coiffeur"


def test_a_handicap_said_with_a_trade_brings_both_sheets(talk: Conversation) -> None:
    known(talk, "dispositif/handicap-parcours", "Se former avec un handicap")
    talk.kb.asks("je suis sourde je peux etre coiffeuse ?", HAIRDRESSER)
    told = talk.replies("je suis sourde je peux etre coiffeuse ?", "question")
    assert [reply.cards[0]["id"] for reply in told] == ["handicap-parcours", "coiffeur"]


def test_the_class_that_was_said_chooses_between_after_the_3e_and_after_the_bac(talk: Conversation) -> None:
    known(talk, "dispositif/apres-la-3e", "Après la 3e")
    known(talk, "dispositif/apres-le-bac", "Après le bac")
    text = "ma fille est en terminale, elle fait quoi ensuite"
    talk.kb.asks(text, Need("dispositif/apres-la-3e", ("choice",), 0.9), named=False)
    assert first(talk, text) == "dispositif/apres-le-bac"


def test_a_diploma_that_is_said_is_the_course_and_not_the_trade(talk: Conversation) -> None:
    talk.kb.asks("cap coiffeuse", Need("metier/coiffeur", ("access",), 0.9, others=("formation/cap-coiffure",)))
    assert first(talk, "cap coiffeuse") == "formation/cap-coiffure"


def test_who_gave_the_code_away_is_told_what_to_do_and_given_a_person(talk: Conversation) -> None:
    known(talk, "dispositif/cpf-fraude", "Arnaques au CPF")
    talk.kb.asks("arnaque cpf", Need("dispositif/cpf-fraude", ("definition",), 1.0))
    talk.kb.asks("je leur ai donné", Need("dispositif/cpf-fraude", ("other",), 1.0), follow_up=True, named=False)
    talk.says("arnaque cpf", "question")
    reply = talk.says("je leur ai donné", "question")
    assert reply.command == {"name": "offer_person"} and talk.slots["points"] == ["recourse"]


def test_a_trade_named_after_a_place_is_asked_there(talk: Conversation) -> None:
    talk.kb.asks("y a quoi comme formation à Flers", Need("dispositif/vae", ("where",), 0.6), places=(FLERS,), named=False)
    talk.kb.asks("coiffure", HAIRDRESSER)
    talk.kb.points = ("where",)
    talk.says("y a quoi comme formation à Flers", "question")
    talk.says("coiffure", "question")
    assert talk.slots["points"] == ["where"]
