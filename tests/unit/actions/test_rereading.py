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


def test_a_correction_asks_of_the_other_what_was_asked_of_the_first(talk: Conversation) -> None:
    talk.kb.asks("boulanger ça paye ?", Need("metier/boulanger", ("pay",), 1.0))
    talk.kb.asks("non pas boulanger patissier", Need("metier/patissier", ("access",), 1.0))
    talk.says("boulanger ça paye ?", "question")
    talk.says("non pas boulanger patissier", "corriger")
    assert talk.slots["sheet"]["id"] == "patissier" and talk.slots["points"] == ["pay"]


def test_what_is_told_of_oneself_after_an_answer_asks_the_same_again(talk: Conversation) -> None:
    text = "je suis au lycée pro à Flers"
    talk.kb.asks("une vae", Need("dispositif/vae", ("conditions",), 1.0))
    talk.kb.asks(text, Need("structure/ml-evreux", ("where",), 0.7), places=(FLERS,))
    talk.says("une vae", "question")
    assert first(talk, text) == "dispositif/vae"


def test_the_longest_name_that_is_said_is_meant(talk: Conversation) -> None:
    known(talk, "formation/cap", "CAP")
    known(talk, "formation/cap-cuisine", "CAP cuisine")
    talk.kb.asks("c'est quoi le CAP cuisine", Need("formation/cap", ("definition",), 0.9, others=("formation/cap-cuisine",)))
    assert first(talk, "c'est quoi le CAP cuisine") == "formation/cap-cuisine"


def test_who_wants_to_be_something_is_told_of_the_trade_and_not_of_a_diploma(talk: Conversation) -> None:
    talk.kb.asks("je veux être coiffeuse", Need("formation/cap-coiffure", ("definition",), 0.9))
    assert first(talk, "je veux être coiffeuse") == "metier/coiffeur"


def test_another_question_after_a_town_is_no_answer_to_what_was_missing(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.kb.asks("et à Flers ?", HAIRDRESSER, places=(FLERS,), follow_up=True, bare=True, named=False)
    talk.kb.asks("c'est dur ?", Need("metier/coiffeur", ("work_conditions",), 1.0), follow_up=True, named=False)
    for text in ("coiffeuse", "et à Flers ?", "c'est dur ?"):
        talk.says(text, "question")
    assert talk.slots["points"] == ["work_conditions"]


def test_a_trade_named_alone_is_told_what_it_is(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", Need("formation/cap-coiffure", ("hours",), 0.9))
    reply = talk.says("coiffeuse", "question")
    assert reply.cards[0]["id"] == "coiffeur" and reply.text.startswith("On lave, on coupe, on colore.")


def test_an_aid_asked_beside_a_course_is_told_too(talk: Conversation) -> None:
    known(talk, "aide/aides-au-permis", "Aides au permis")
    text = "le cap coiffure et y a des aides pour le permis"
    talk.kb.asks(text, Need("formation/cap-coiffure", ("definition",), 0.9))
    assert [reply.cards[0]["id"] for reply in talk.replies(text, "question")] == ["cap-coiffure", "aides-au-permis"]


def test_the_diploma_of_the_trade_in_mind_is_how_one_gets_there(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.kb.asks("c'est quoi le diplome", Need("metier/coiffeur", ("definition",), 1.0), follow_up=True, named=False)
    talk.says("coiffeuse", "question")
    assert talk.says("c'est quoi le diplome", "question").text.startswith("Le CAP métiers de la coiffure.")
