"""One need answered: the point asked first, then the sheet in short, then what helps next."""

from __future__ import annotations

import pytest

from knowledge_base.search.needs.finder import Need
from tests.unit.actions.fakes import FakePlace, sheet
from tests.unit.actions.talk import Conversation

PAY = Need("metier/coiffeur", ("pay",), 0.9, asks=("c'est payé combien coiffeuse",))


def test_the_point_asked_comes_first_then_the_sheet_in_short(talk: Conversation) -> None:
    talk.kb.asks("c payé combien coiffeuse", PAY)
    reply = talk.says("c payé combien coiffeuse", "question")
    assert reply.text.startswith("Au début, le minimum de la branche.")
    assert "Il ou elle coupe et coiffe." in reply.text
    assert reply.cards[0]["id"] == "coiffeur"


def test_the_source_is_that_of_the_answer(talk: Conversation) -> None:
    talk.kb.asks("la paie", PAY)
    assert "La branche" in talk.says("la paie", "question").text


def test_two_answers_give_the_source_of_each(talk: Conversation) -> None:
    both = Need("metier/coiffeur", ("pay", "access"), 0.9, asks=("c'est payé combien coiffeuse", "faut un diplome pr coiffer"))
    talk.kb.asks("la paie et le diplome", both)
    text = talk.says("la paie et le diplome", "question").text
    assert "Oui, un CAP au moins." in text and "La branche" in text and "Onisep" in text


def test_on_the_phone_the_spoken_form_is_said(talk: Conversation) -> None:
    talk.kb.asks("la paie", PAY)
    assert (talk.says("la paie", "question").spoken or "").startswith("Coiffeur ou coiffeuse : Au début, on touche le minimum.")


def test_without_a_card_an_answer_says_whose_it_is_once(talk: Conversation) -> None:
    talk.kb.asks("la paie", PAY)
    assert (talk.says("la paie", "question").sms or "").startswith("Coiffeur / Coiffeuse : Au début")
    assert (talk.says("la paie", "question").sms or "").startswith("Au début")


def test_the_courses_that_lead_to_a_trade_are_shown_with_its_access(talk: Conversation) -> None:
    talk.kb.asks("faut quoi comme diplome", Need("metier/coiffeur", ("access",), 0.9))
    assert [card["id"] for card in talk.says("faut quoi comme diplome", "question").cards] == ["coiffeur", "cap-coiffure"]


def test_a_place_that_was_said_and_has_nothing_is_said_so_with_a_person(talk: Conversation) -> None:
    caen = FakePlace("Caen", "14118")
    talk.kb.asks("café des parents à Caen", Need("service/cafe-des-parents", ("where",), 1.0), places=(caen,))
    reply = talk.says("café des parents à Caen", "question")
    assert "à Caen" in reply.text and reply.command == {"name": "offer_person"}


def test_a_point_without_a_written_answer_is_told_by_its_field(talk: Conversation) -> None:
    talk.kb.asks("c dur", Need("metier/coiffeur", ("work_conditions",), 0.9))
    assert talk.says("c dur", "question").text.startswith("On est debout toute la journée.")


def test_a_question_reworded_since_it_was_found_leaves_the_field(talk: Conversation) -> None:
    talk.kb.asks("c dur", Need("metier/coiffeur", ("work_conditions",), 0.9, asks=("c fatigant coiffeuse",)))
    assert talk.says("c dur", "question").text.startswith("On est debout toute la journée.")


def test_a_point_that_the_sheet_does_not_hold_is_said_in_half_a_sentence_with_a_person(talk: Conversation) -> None:
    talk.kb.asks("ca gagne combien boulanger", Need("metier/boulanger", ("pay",), 0.9))
    reply = talk.says("ca gagne combien boulanger", "question")
    assert reply.text.startswith("Je n’ai pas cette précision (ce que l'on gagne)")
    assert "Boulanger" in reply.text
    assert reply.command == {"name": "offer_person"}


def test_what_the_sheet_can_still_tell_is_proposed_and_what_was_told_is_not(talk: Conversation) -> None:
    talk.kb.asks("la paie", PAY)
    talk.says("la paie", "question")
    assert talk.labels() == ["Comment y entrer", "Où", "Les conditions de travail"]


def test_a_button_asks_its_point_of_its_sheet_in_general(talk: Conversation) -> None:
    talk.kb.asks("la paie", PAY)
    talk.says("la paie", "question")
    assert talk.presses("Comment y entrer").text.startswith("Le CAP métiers de la coiffure.")


def test_the_summary_is_not_told_twice(talk: Conversation) -> None:
    talk.kb.asks("la paie", PAY)
    talk.kb.asks("c dur", Need("metier/coiffeur", ("work_conditions",), 1.0), follow_up=True)
    talk.says("la paie", "question")
    assert "Il ou elle coupe" not in talk.says("c dur", "question").text


def test_two_needs_get_two_replies_and_one_row_of_buttons(talk: Conversation) -> None:
    talk.kb.asks("la paie, et la vae ?", PAY, Need("dispositif/vae", ("definition",), 0.8))
    first, second = talk.replies("la paie, et la vae ?", "question")
    assert first.text.startswith("Au début") and "VAE" in second.text
    assert not first.quick_replies and second.quick_replies


@pytest.mark.parametrize(("channel", "told"), [("web", 3), ("sms", 2), ("phone", 2)])
def test_by_phone_and_by_sms_two_needs_are_told_on_the_web_three(talk: Conversation, channel: str, told: int) -> None:
    further = (Need("dispositif/vae", ("definition",), 0.8), Need("formation/cap-coiffure", ("definition",), 0.7))
    talk.kb.asks("la paie, la vae, le cap ?", PAY, *further)
    talk.slots["channel"] = channel
    assert len(talk.replies("la paie, la vae, le cap ?", "question")) == told


def test_an_answer_that_may_be_to_another_question_says_neither_yes_nor_no(talk: Conversation) -> None:
    key = "faut un diplome pr coiffer"
    talk.kb.asks("et les garçons", Need("metier/coiffeur", ("access",), 0.9, (key,), doubted=(key,)))
    assert talk.says("et les garçons", "question").text.startswith("Un CAP au moins.")


def test_an_uncertain_sheet_brings_its_neighbours_as_cards(talk: Conversation) -> None:
    talk.kb.asks("les cheveux", Need("metier/coiffeur", ("definition",), 0.6, others=("metier/estheticien",), share=0.3))
    assert [card["id"] for card in talk.says("les cheveux", "question").cards] == ["coiffeur", "estheticien"]


def test_where_without_a_known_place_says_so_and_leads_to_a_person(talk: Conversation) -> None:
    talk.kb.asks("où apprendre", Need("formation/cap-coiffure", ("where",), 0.9))
    assert "aucun lieu" in talk.says("où apprendre", "question").text


def test_each_town_that_is_named_is_looked_at_and_the_one_refused_is_kept_away_from(talk: Conversation) -> None:
    evreux, caen, flers = FakePlace("Évreux", "27229"), FakePlace("Caen", "14118"), FakePlace("Flers", "61169")
    need = Need("formation/cap-coiffure", ("where",), 0.9)
    talk.kb.asks("à évreux ou caen, pas à flers", need, places=(evreux, caen), away_from=(flers,))
    talk.says("à évreux ou caen, pas à flers", "question")
    asked = [search for search in talk.kb.searches if "offers" in search]
    assert {search["place"] for search in asked if search["place"]} == {evreux, caen}
    assert (flers,) in [search["away"] for search in asked]


def test_the_age_that_was_said_chooses_the_line_of_the_apprentices_scale(talk: Conversation) -> None:
    scale = "Moins de 18 ans : 27, 39, 55 %. De 18 à 20 ans : 43, 51, 67 %. Le Smic est brut."
    talk.kb.sheets.append(sheet("dispositif", "salaire-apprenti", "Le salaire d’un apprenti", how=scale, topics=[16]))
    talk.kb.asks("payé combien à 17 ans", Need("dispositif/salaire-apprenti", ("pay",), 0.9))
    talk.slots["age"] = 17
    reply = talk.says("payé combien à 17 ans", "question")
    assert "27" in reply.text and "43" not in reply.text


def test_a_person_is_proposed_and_nobody_is_queued_by_a_question(talk: Conversation) -> None:
    talk.kb.sheets.append(sheet("dispositif", "decrochage", "Décrochage", topics=[20]))
    talk.kb.asks("mon fils va plus en cours", Need("dispositif/decrochage", ("definition",), 0.9))
    reply = talk.says("mon fils va plus en cours", "question")
    assert (reply.handover, reply.command) == (2, {"name": "offer_person"})
