"""Messages of more than nine words, over the shipped sheets: what is asked comes first, and what is only told opens no sheet."""

from __future__ import annotations

from tests.unit.actions.talk import Conversation


def told(talk: Conversation, message: str) -> list[str]:
    """The sheets and places that the answer is made of, in order."""
    return [str(card["id"]) for reply in talk.replies(message, "question") for card in reply.cards]


def test_a_sheet_named_in_passing_does_not_come_before_what_is_asked(talk: Conversation) -> None:
    message = "une dame au téléphone dit que mes droits de formation vont expirer et demande le code reçu par sms, je le donne ?"
    assert told(talk, message)[0] == "cpf-fraude"


def test_a_trade_that_somebody_had_is_not_told_beside_the_diploma_they_ask_about(talk: Conversation) -> None:
    message = "J’étais comptable à Dakar et j’habite Évreux maintenant. Comment faire reconnaître mon diplôme en France ?"
    assert "comptable" not in told(talk, message) and "diplome-etranger" in told(talk, message)


def test_another_trade_than_the_one_that_is_named_is_not_told(talk: Conversation) -> None:
    assert "grutier" not in told(talk, "bonjour je voudrais savoir c’est quoi le métier de soudeur et combien ça gagne")


def test_polite_words_around_one_question_make_it_no_other_question(talk: Conversation) -> None:
    assert told(talk, "bonjour madame je voudrais bien savoir c’est quoi le métier de soudeur s’il vous plaît")[0] == "soudeur"


def test_two_things_asked_are_both_answered(talk: Conversation) -> None:
    message = "c’est quoi le CAP cuisine et est-ce qu’il y a des aides pour passer le permis quand on a 18 ans"
    assert {"cap-cuisine", "aides-au-permis"} <= set(told(talk, message))


def test_one_word_of_a_school_s_name_in_a_long_message_names_no_school(talk: Conversation) -> None:
    message = "Treize ans dans la même banque à Caen, je voudrais faire le point sur mon parcours sans que la direction le sache."
    assert not any("km)" in reply.text for reply in talk.replies(message, "question"))


def test_who_tells_their_trade_and_asks_whether_it_hires_is_told_of_that_trade(talk: Conversation) -> None:
    message = "Nous partons à Cherbourg cet été. Je suis soudeur depuis vingt ans, est-ce qu’on embauche là-bas dans mon métier ?"
    text = " ".join(reply.text for reply in talk.replies(message, "question"))
    assert "oudeurs" in text and "Serveurs" not in text


def test_to_begin_somewhere_asks_for_no_place(talk: Conversation) -> None:
    message = "J’ai une menuiserie à Villedieu et j’aimerais prendre deux stagiaires cette année, par où on commence ?"
    assert not any("km)" in reply.text for reply in talk.replies(message, "question"))


def test_beside_what_is_asked_only_the_nearest_desk_is_told(talk: Conversation) -> None:
    message = "Mon fils de seize ans ne va plus du tout au lycée depuis la Toussaint, on habite Dieppe, qui peut l’aider ?"
    text = talk.replies(message, "question")[0].text
    assert text.count("Dieppe") >= 1 and "\n2. " not in text


def test_the_desk_of_another_town_is_not_told(talk: Conversation) -> None:
    assert "mission-locale-flers" not in told(talk, "mon fils a lâché le lycée il y a un mois, on est à Dieppe, qui peut l’aider")


def test_the_same_places_are_listed_once_for_a_trade_and_its_course(talk: Conversation) -> None:
    message = "Où passer un CAP fleuriste autour de Bayeux quand on travaille déjà à mi-temps et qu’on a 41 ans ?"
    text = " ".join(reply.text for reply in talk.replies(message, "question"))
    assert text.count("Distances à vol d’oiseau") == 1 and "adultes peuvent passer le CAP fleuriste" in text
