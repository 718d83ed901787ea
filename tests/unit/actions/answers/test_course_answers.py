"""Finding a course: what, where, how; narrowing; what is not known there."""

from __future__ import annotations

from tests.unit.actions.fakes import sheet
from tests.unit.actions.talk import Conversation


def _offer(number: int, town: str = "Évreux") -> object:
    return sheet("formation", f"offre-{number}", f"CAP Métiers de la coiffure n° {number}", also=["cap coiffure"],
                 provider=f"CFA {number}", commune_name=town, rome=["D1202"])  # fmt: skip


def test_a_diploma_without_a_known_place_to_learn_it_says_so(talk: Conversation) -> None:
    reply = talk.says("CAP coiffure près de Vernon", "formation_chercher")
    assert reply.cards[0]["id"] == "cap-coiffure"
    assert "pas d’établissement vérifié près de Vernon" in reply.text


def test_the_place_is_asked_when_it_is_not_known_and_its_answer_completes_the_search(talk: Conversation) -> None:
    talk.says("cap coiffure", "formation_chercher")
    assert "près de Vernon" in talk.says("Vernon", "nlu_fallback").text


def test_courses_of_a_trade_are_found_from_the_trade(talk: Conversation) -> None:
    assert talk.says("où apprendre la coiffure", "formation_chercher").cards[0]["id"] == "cap-coiffure"


def test_without_a_field_the_field_is_asked_and_the_place_kept(talk: Conversation) -> None:
    assert "Flers" in talk.says("une formation à Flers", "formation_chercher").text
    talk.says("coiffure", "metier_decouvrir")
    assert talk.slots["last_intent"] == "formation_chercher"


def test_offers_are_listed_with_the_diploma_first(talk: Conversation) -> None:
    talk.kb.sheets += [_offer(1), _offer(2)]  # type: ignore[attr-defined]
    reply = talk.says("cap coiffure à Évreux", "formation_chercher")
    assert [card["level"] for card in reply.cards] == ["diplome", "offre", "offre"]
    assert "CFA 1" in reply.text


def test_too_many_courses_start_the_narrowing_questions(talk: Conversation) -> None:
    talk.kb.sheets += [_offer(number) for number in range(12)]  # type: ignore[attr-defined]
    reply = talk.says("cap coiffure", "formation_chercher")
    assert "12 formations" in reply.text
    assert talk.followup == "course_form"


def test_once_narrowed_the_list_comes_even_when_it_is_long(talk: Conversation) -> None:
    talk.kb.sheets += [_offer(number) for number in range(12)]  # type: ignore[attr-defined]
    talk.says("cap coiffure", "formation_chercher")
    reply = talk.says("peu importe", "course_results")
    assert "CFA" in reply.text
    assert talk.followup is None


def test_the_rhythm_that_was_said_is_searched_for(talk: Conversation) -> None:
    talk.says("cap coiffure en alternance", "formation_chercher")
    assert talk.kb.searches[-1]["rhythm"] == "apprentissage"  # type: ignore[attr-defined]


def test_the_first_is_the_first_of_the_numbered_courses(talk: Conversation) -> None:
    talk.kb.sheets += [_offer(1), _offer(2)]  # type: ignore[attr-defined]
    talk.says("cap coiffure à Évreux", "formation_chercher")
    reply = talk.says("la deuxième", "choisir")
    assert reply.cards[0]["id"] == "offre-2"
    assert "CFA 2" in reply.text
    assert talk.slots["formation"]["id"] == "cap-coiffure"
