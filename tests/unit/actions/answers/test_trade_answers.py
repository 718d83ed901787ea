"""Answers about one trade: what is said, what is kept, what stays unknown."""

from __future__ import annotations

from tests.unit.actions.talk import Conversation


def test_how_to_become_a_hairdresser_is_answered_with_the_trade_card_first(talk: Conversation) -> None:
    reply = talk.says("jve devenir coiffeuse cmt faire", "metier_acces")
    assert "Le CAP métiers de la coiffure." in reply.text
    assert reply.cards[0]["kind"] == "metier"
    assert reply.cards[0]["rome"] == ["D1202"]
    assert [card["kind"] for card in reply.cards].count("metier") == 1


def test_an_answer_names_its_source_and_date(talk: Conversation) -> None:
    assert "Onisep ; consulté le 3 mars 2026" in talk.says("c'est quoi coiffeuse", "metier_decouvrir").text


def test_the_text_of_a_trade_makes_sense_without_its_card(talk: Conversation) -> None:
    reply = talk.says("coiffeuse", "metier_decouvrir")
    assert reply.text.startswith("Coiffeur / Coiffeuse : Il ou elle coupe et coiffe.")


def test_a_salary_that_no_sheet_holds_stays_unknown_and_says_where_to_look(talk: Conversation) -> None:
    text = talk.says("ça gagne combien coiffeuse", "metier_salaire").text
    assert "salaire vérifié" in text
    assert "France Travail" in text
    assert "€" not in text


def test_a_known_salary_is_given_with_its_date(talk: Conversation) -> None:
    text = talk.says("ça gagne combien un couvreur", "metier_salaire").text
    assert "entre deux montants publiés (au 15 janvier 2026)" in text


def test_a_follow_up_is_about_the_trade_just_named(talk: Conversation) -> None:
    talk.says("c'est quoi coiffeuse", "metier_decouvrir")
    assert "debout toute la journée" in talk.says("on bosse la nuit ?", "metier_conditions").text
    assert "Coiffeur / Coiffeuse" in talk.says("et le salaire ?", "metier_salaire").text


def test_recruitment_without_a_trade_asks_which_one_and_keeps_the_place(talk: Conversation) -> None:
    first = talk.says("ça recrute vers Flers ?", "metier_recrutement")
    assert "Flers" in first.text
    second = talk.says("couvreur", "metier_decouvrir")
    assert "Bassin de Flers" in second.text
    assert talk.slots["last_intent"] == "metier_recrutement"


def test_a_recruitment_figure_for_one_place_is_not_given_for_another(talk: Conversation) -> None:
    text = talk.says("ça recrute couvreur à Caen ?", "metier_recrutement").text
    assert "Pour Caen, je n’ai pas de chiffre vérifié" in text


def test_another_place_asks_the_last_question_again(talk: Conversation) -> None:
    talk.says("ça recrute coiffeuse à Flers ?", "metier_recrutement")
    assert "à Caen" in talk.says("et à Caen ?", "preciser_lieu").text


def test_neighbouring_trades_are_listed_once_and_can_be_opened(talk: Conversation) -> None:
    reply = talk.says("coiffeuse, je veux changer", "metier_proches")
    assert reply.text.count("Esthéticien / Esthéticienne") == 1
    opened = talk.presses("Esthéticien / Esthéticienne")
    assert opened.cards[0]["id"] == "estheticien"


def test_every_trade_is_open_to_women_and_men(talk: Conversation) -> None:
    assert "ouverts aux femmes comme aux hommes" in talk.says("une fille peut faire couvreur ?", "metier_mixite").text


def test_a_correction_answers_the_last_question_about_the_right_trade(talk: Conversation) -> None:
    talk.says("ça gagne combien boulanger", "metier_salaire")
    reply = talk.says("non, pas boulanger, pâtissier", "corriger")
    assert "Pâtissier / Pâtissière" in reply.text
    assert talk.slots["metier"]["id"] == "patissier"
    assert talk.slots["last_intent"] == "metier_salaire"


def test_two_questions_in_one_message_are_both_answered(talk: Conversation) -> None:
    first, second = talk.replies("coiffeuse c'est quoi les études et ça gagne combien ?", "metier_acces")
    assert "CAP métiers de la coiffure" in first.text
    assert "salaire vérifié" in second.text


def test_the_advisor_reads_what_was_asked_in_our_own_words(talk: Conversation) -> None:
    talk.says("jve devenir coiffeuse cmt faire", "metier_acces")
    talk.says("ça recrute à Flers", "metier_recrutement")
    assert talk.slots["asked"] == [
        "Comment y arriver : Coiffeur / Coiffeuse",
        "Est-ce que ça recrute : Coiffeur / Coiffeuse, Flers",
    ]
    assert talk.slots["seen"] == ["Coiffeur / Coiffeuse"]


def test_an_unknown_trade_is_not_replaced_by_the_one_spoken_of_before(talk: Conversation) -> None:
    talk.says("coiffeuse", "metier_decouvrir")
    reply = talk.says("c'est quoi le boulot de zythologue", "metier_decouvrir")
    assert not reply.cards


def test_the_first_of_the_neighbours_is_not_the_trade_itself(talk: Conversation) -> None:
    talk.says("coiffeuse, je veux changer", "metier_proches")
    assert talk.says("la première", "choisir").cards[0]["id"] == "estheticien"


def test_a_bare_name_asks_what_the_trade_is(talk: Conversation) -> None:
    talk.says("coiffure", "formation_chercher", [("formation_chercher", 0.4)])
    assert talk.slots["last_intent"] == "metier_decouvrir"


def test_a_trade_is_found_by_one_word_of_a_long_question(talk: Conversation) -> None:
    assert "Coiffeur" in talk.says("c'est physiquement dur coiffeuse ou pas", "metier_conditions").text
