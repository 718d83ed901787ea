"""What a message is answered by: its needs, whatever its dialogue act, or the act itself."""

from __future__ import annotations

from knowledge_base.search.needs.finder import Need
from tests.unit.actions.fakes import FakePlace, sheet
from tests.unit.actions.talk import Conversation

CAP = Need("formation/cap-coiffure", ("duration",), 0.9)
HAIRDRESSER = Need("metier/coiffeur", ("definition",), 0.95)


def test_a_question_behind_a_thank_you_is_answered(talk: Conversation) -> None:
    talk.kb.asks("ok merci. et le cap coiffure", CAP)
    assert talk.says("ok merci. et le cap coiffure", "remerciement").cards[0]["id"] == "cap-coiffure"


def test_a_plain_thank_you_stays_one(talk: Conversation) -> None:
    talk.kb.asks("merci", Need("metier/coiffeur", ("other",), 1.0), follow_up=True, named=False)
    assert not talk.says("merci", "remerciement").cards


def test_a_guess_does_not_beat_a_sure_refusal(talk: Conversation) -> None:
    talk.kb.asks("il fait beau demain ?", Need("metier/coiffeur", ("other",), 0.6), named=False)
    assert not talk.says("il fait beau demain ?", "hors_sujet").cards


def test_who_asks_for_a_person_gets_one_and_the_question_is_answered_too(talk: Conversation) -> None:
    talk.kb.asks("le cap coiffure, et je veux un conseiller", CAP)
    answer, person = talk.replies("le cap coiffure, et je veux un conseiller", "demander_conseiller")
    assert answer.cards[0]["id"] == "cap-coiffure"
    assert person.command is not None and person.command["name"] == "handover"


def test_nothing_found_is_said_once_with_what_is_near_then_a_person(talk: Conversation) -> None:
    talk.kb.asks("zythologue", near=("metier/coiffeur",), named=False)
    first = talk.says("zythologue", "question")
    assert not first.understood and talk.labels() == ["Coiffeur / Coiffeuse"]
    second = talk.says("zythologue", "question")
    assert second.text != first.text and "conseiller" in second.text


def test_a_sheet_is_the_subject_for_three_turns_only(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.says("coiffeuse", "question")
    asked: list[str | None] = []
    needs = talk.kb.needs
    talk.kb.needs = lambda text, subject=None: (asked.append(subject), needs(text, subject))[1]  # type: ignore[method-assign]
    for _ in range(5):
        talk.says("merci", "remerciement")
    assert asked == ["metier/coiffeur"] * 3 + [None] * 2


def test_a_town_alone_asks_where_of_the_subject(talk: Conversation) -> None:
    caen = FakePlace("Caen", "14118")
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.kb.asks("et à Caen ?", Need("metier/coiffeur", ("conditions",), 1.0), places=(caen,), follow_up=True, bare=True)
    talk.says("coiffeuse", "question")
    talk.says("et à Caen ?", "preciser_lieu")
    assert talk.slots["place"]["name"] == "Caen"
    assert "formation/cap-coiffure" in [search.get("offers") for search in talk.kb.searches]


def test_a_rhythm_alone_asks_where_the_subject_is_taught_that_way(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.says("coiffeuse", "question")
    talk.says("et en alternance ?", "question")
    assert "apprentissage" in [search["rhythm"] for search in talk.kb.searches]


def test_neighbouring_trades_are_those_of_the_trade_in_mind(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.kb.asks("quels métiers proches", Need("metier/coiffeur", ("choice",), 1.0), follow_up=True)
    talk.says("coiffeuse", "question")
    assert "estheticien" in [card["id"] for card in talk.says("quels métiers proches", "question").cards]


def test_any_question_leaves_the_quiz(talk: Conversation) -> None:
    talk.says("je sais pas quoi faire", "explorer")
    talk.kb.asks("attends c'est quoi un cap coiffure", CAP)
    assert talk.says("attends c'est quoi un cap coiffure", "explorer").cards[0]["id"] == "cap-coiffure"


def test_who_does_not_know_what_to_do_in_a_class_begins_the_quiz_beside_what_comes_next(talk: Conversation) -> None:
    talk.kb.sheets.append(sheet("dispositif", "apres-la-3e", "Après la 3e"))
    talk.kb.asks("en 3e, jsais pas quoi faire", Need("dispositif/apres-la-3e", ("choice",), 1.0))
    reply = talk.says("en 3e, jsais pas quoi faire", "explorer")
    assert "1/7" in reply.text and [card["id"] for card in reply.cards] == ["apres-la-3e"]


def test_a_thank_you_taken_for_something_else_stays_one(talk: Conversation) -> None:
    talk.kb.asks("ok merci le robot", Need("service/qui-etes-vous", ("other",), 1.0), follow_up=True, named=False)
    talk.replies("ok merci le robot", "hors_sujet", [("hors_sujet", 0.46)])
    assert "C’est tout, merci" in talk.labels()


def test_let_it_go_ends_a_message_and_opens_no_sheet(talk: Conversation) -> None:
    talk.kb.asks("je demande à mon prof, laisse tomber", HAIRDRESSER, named=False)
    reply = talk.says("je demande à mon prof, laisse tomber", "question")
    assert not reply.cards and "on s’arrête là" in reply.text
    talk.kb.asks("il veut laisse tomber le lycée, c'est quoi la coiffure", HAIRDRESSER)
    assert talk.says("il veut laisse tomber le lycée, c'est quoi la coiffure", "question").cards


def test_no_its_fine_is_taken_as_it_is(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.says("coiffeuse", "question")
    assert "on s’arrête là" in talk.says("non c'est bon", "nier").text


def test_who_writes_it_down_is_not_hurried(talk: Conversation) -> None:
    talk.kb.asks("attendez je note", HAIRDRESSER, follow_up=True, named=False)
    assert "Prenez votre temps" in talk.says("attendez je note", "bavardage").text
    assert "Prenez votre temps" not in talk.says("ça va ?", "bavardage").text


def test_send_it_by_sms_starts_the_recap(talk: Conversation) -> None:
    command = talk.says("vous pouvez m'envoyer ça par texto", "aide_usage").command
    assert command is not None and command["name"] == "recap_sms"


def test_yes_to_the_quiz_asks_its_question_again(talk: Conversation) -> None:
    asked = talk.says("je sais pas quoi faire", "explorer")
    again = talk.says("oui vas-y pose tes questions", "affirmer")
    assert talk.labels() and again.text in asked.text


def test_a_doubtful_wish_for_a_call_starts_none(talk: Conversation) -> None:
    words = "je préfère qu'on m'écrive plutôt qu'on me téléphone"
    talk.kb.asks(words, HAIRDRESSER, named=False)
    command = talk.replies(words, "demander_rappel", [("demander_rappel", 0.43)])[-1].command
    assert command is None or command["name"] != "callback"
    assert talk.says("rappelez-moi", "demander_rappel").command == {"name": "callback", "said": "rappelez-moi"}


def test_who_asks_for_a_person_within_a_question_is_offered_one(talk: Conversation) -> None:
    words = "coiffeuse ça m'intéresse mais j'aimerais mieux une vraie personne"
    talk.kb.asks(words, HAIRDRESSER)
    reply = talk.says(words, "question")
    assert reply.cards and reply.command == {"name": "offer_person"}


def test_what_surely_asks_goes_on_even_when_taken_for_something_else(talk: Conversation) -> None:
    talk.kb.asks("coiffeuse", HAIRDRESSER)
    talk.kb.asks("comment je m'inscris", Need("metier/coiffeur", ("how",), 1.0), follow_up=True, named=False, surely=0.95)
    talk.says("coiffeuse", "question")
    assert talk.replies("comment je m'inscris", "aide_usage", [("aide_usage", 0.6)])[0].cards[0]["id"] == "coiffeur"
    assert not talk.replies("comment je m'inscris", "aide_usage", [("aide_usage", 0.95)])[0].cards
