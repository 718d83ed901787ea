"""Keeping the thread: choices, yes and no, misunderstandings, tastes, closing."""

from __future__ import annotations

from tests.unit.actions.talk import Conversation


def test_the_first_opens_the_first_of_the_list(talk: Conversation) -> None:
    talk.says("j'aime la mode", "metier_gouts")
    shown = talk.slots["shown"]
    assert talk.says("la première", "choisir").cards[0]["id"] == shown[0]["id"]


def test_a_number_chooses_a_button_when_nothing_was_listed(talk: Conversation) -> None:
    talk.says("bonjour", "salutation")
    assert "formation" in talk.says("2", "choisir").text


def test_a_typed_label_is_the_button(talk: Conversation) -> None:
    talk.says("coiffeuse", "metier_decouvrir")
    talk.says("Le salaire", "nlu_fallback")
    assert talk.slots["last_intent"] == "metier_salaire"


def test_misunderstandings_lead_to_a_person_and_never_repeat_an_apology(talk: Conversation) -> None:
    replies = [talk.says("qsdf wxcv", "nlu_fallback") for _ in range(3)]
    assert len({reply.text for reply in replies}) == 3
    assert all(reply.command == {"name": "offer_person"} for reply in replies)
    assert not any(reply.understood for reply in replies)
    assert "Parler à un conseiller" in talk.labels()


def test_an_answer_in_between_forgets_the_misunderstanding(talk: Conversation) -> None:
    talk.says("qsdf", "nlu_fallback")
    talk.says("coiffeuse", "metier_decouvrir")
    assert talk.slots["misunderstood"] == 0


def test_close_questions_are_proposed(talk: Conversation) -> None:
    reply = talk.says("les sous des apprentis tout ça", "nlu_fallback", [("apprentissage_salaire", 0.35), ("aides", 0.3)])
    assert talk.labels() == ["La paie d’un apprenti", "Les aides"]
    assert "Vous voulez dire" in reply.text


def test_a_name_alone_is_answered_even_when_no_question_was_understood(talk: Conversation) -> None:
    assert talk.says("coiffeuse", "nlu_fallback").cards[0]["id"] == "coiffeur"


def test_yes_to_one_proposal_takes_it(talk: Conversation) -> None:
    talk.says("c'est quoi zythologue", "metier_decouvrir")
    assert "1/7" in talk.says("oui", "affirmer").text


def test_tastes_said_in_words_give_trades_and_why(talk: Conversation) -> None:
    reply = talk.says("j'aime cuisiner mais j'aime pas les maths", "metier_gouts")
    assert "la cuisine" in reply.text
    assert "maths" not in reply.text
    assert reply.cards[0]["id"] == "patissier"


def test_the_exploration_of_tastes_takes_seven_answers_and_ends_in_trades(talk: Conversation) -> None:
    reply = talk.says("je sais pas quoi faire", "metier_gouts")
    for number in range(1, 8):
        assert f"{number}/7" in reply.text
        reply = talk.presses(talk.labels()[0])
    assert reply.cards
    assert "Vous avez dit aimer" in reply.text
    assert reply.command == {"name": "offer_person"}


def test_the_exploration_can_be_left_for_another_question(talk: Conversation) -> None:
    talk.says("je sais pas quoi faire", "metier_gouts")
    talk.presses(talk.labels()[0])
    assert talk.says("c'est quoi coiffeuse", "metier_decouvrir").cards[0]["id"] == "coiffeur"


def test_the_exploration_can_be_stopped_with_what_is_known(talk: Conversation) -> None:
    talk.says("je sais pas quoi faire", "metier_gouts")
    talk.presses(talk.labels()[0])
    assert "Vous avez dit aimer : faire de vos mains" in talk.presses("Voir les métiers").text


def test_an_age_is_kept_and_years_of_experience_are_no_age(talk: Conversation) -> None:
    talk.says("j'ai 16 ans", "preciser_profil")
    assert talk.slots["age"] == 16
    other = Conversation(talk.kb)
    other.says("12 ans aide à dom sans diplôme", "vae")
    assert other.slots.get("age") is None


def test_the_class_that_is_said_answers_what_comes_after_it(talk: Conversation) -> None:
    talk.says("et après je fais quoi", "apres_diplome")
    assert "Après la 3e" in talk.says("je suis en 3e", "preciser_profil").text


def test_simpler_gives_the_one_plain_sentence(talk: Conversation) -> None:
    talk.says("coiffeuse", "metier_decouvrir")
    assert "Il ou elle coupe et coiffe." in talk.says("hein ?", "pas_compris").text


def test_the_assistant_says_that_it_is_automatic(talk: Conversation) -> None:
    assert "assistant automatique" in talk.says("t'es un robot ?", "qui_es_tu").text


def test_a_question_on_data_explains_and_a_demand_to_erase_is_asked_to_be_confirmed(talk: Conversation) -> None:
    assert talk.says("vous gardez mes données ?", "donnees_personnelles").quick_replies[0].payload == {"command": "erase"}
    assert talk.says("effacez tout", "donnees_personnelles").command == {"name": "erase"}


def test_a_day_said_with_the_call_back_goes_along(talk: Conversation) -> None:
    command = talk.says("rappelez-moi lundi svp", "demander_rappel").command
    assert command == {"name": "callback", "said": "rappelez-moi lundi svp"}


def test_thanks_can_be_the_end(talk: Conversation) -> None:
    talk.says("coiffeuse", "metier_decouvrir")
    talk.says("merci", "remerciement")
    assert "Nous avons parlé de" in talk.presses("C’est tout, merci").text
    talk.says("merci", "remerciement")
    assert "Nous avons parlé de" in talk.says("non c'est bon", "nier").text


def test_shrugs_go_on_with_the_exploration_and_a_question_leaves_it(talk: Conversation) -> None:
    talk.says("je sais pas quoi faire", "metier_gouts")
    assert "2/7" in talk.says("je sais pas", "metier_gouts").text
    assert "3/7" in talk.says("dehors", "metier_conditions").text
    assert "/7" not in talk.says("faut refaire une formation ?", "nlu_fallback").text


def test_yes_to_a_place_that_we_asked_for_asks_it_again(talk: Conversation) -> None:
    talk.says("comment devenir coiffeuse", "metier_acces")
    assert "commune" in talk.says("oui", "affirmer").text
    assert "près de Vernon" in talk.says("Vernon", "nlu_fallback").text


def test_goodbye_recalls_what_was_seen_and_asks_for_a_note(talk: Conversation) -> None:
    talk.says("coiffeuse", "metier_decouvrir")
    reply = talk.says("au revoir", "au_revoir")
    assert "Coiffeur / Coiffeuse" in reply.text
    assert reply.command == {"name": "feedback"}


def test_distress_gets_the_numbers_and_an_urgent_handover(talk: Conversation) -> None:
    reply = talk.says("j'ai plus envie de rien", "detresse")
    assert "3114" in reply.text
    assert reply.command is not None
    assert reply.command["urgency"] == "detresse"


def test_unsure_of_distress_the_numbers_are_given_and_nobody_is_alerted(talk: Conversation) -> None:
    reply = talk.says("mon frère me tape sur les nerfs", "detresse", [("detresse", 0.7), ("bavardage", 0.2)])
    assert "3114" in reply.text
    assert reply.command == {"name": "offer_person"}


def test_what_the_net_is_sure_of_is_distress_whatever_the_classifier_thinks(talk: Conversation) -> None:
    reply = talk.replies("jsuis au bord la tte seule", "detresse", [("detresse", 0.72)], distress="sure")[-1]
    assert reply.command is not None
    assert reply.command["urgency"] == "detresse"


def test_perhaps_distress_between_the_lines_the_question_is_answered_and_the_numbers_stand_beside(talk: Conversation) -> None:
    answer, beside = talk.replies("le cap coiffure c'est combien d'années, de toute façon jverrai pas la fin", "metier_acces",
                                  distress="perhaps")
    assert "3114" not in answer.text
    assert answer.cards
    assert "3114" in beside.text
    assert "119" in beside.text
    assert beside.command == {"name": "offer_person"}
    assert beside.quick_replies
    assert not answer.quick_replies


def test_variants_change_where_repetition_would_grate(talk: Conversation) -> None:
    texts = {talk.says("merci", "remerciement").text for _ in range(3)}
    assert len(texts) == 3


def test_no_answer_has_more_than_four_buttons_or_two_commands(talk: Conversation) -> None:
    for intent in talk.answers:
        wire = Conversation(talk.kb).says("coiffeuse à Évreux", intent).wire()
        assert len(wire["quick_replies"]) <= 4, intent
        assert wire["text"], intent


def test_the_exploration_accepts_other_words_and_a_shrug(talk: Conversation) -> None:
    talk.says("je sais pas quoi faire", "metier_gouts")
    assert "2/7" in talk.says("plutôt créer", "metier_gouts").text
    assert "3/7" in talk.says("bof", "nier").text


def test_a_few_unclear_words_do_not_change_the_subject(talk: Conversation) -> None:
    talk.says("coiffeuse", "metier_decouvrir")
    talk.says("et pour un salarié ?", "nlu_fallback")
    assert talk.slots["metier"]["id"] == "coiffeur"


def test_an_age_in_letters_is_an_age(talk: Conversation) -> None:
    talk.says("j'ai quinze ans et demi", "preciser_profil")
    assert talk.slots["age"] == 15


def test_asking_for_help_is_not_liking_to_help(talk: Conversation) -> None:
    assert "1/7" in talk.says("pouvez-vous m'aider à trouver un métier", "metier_gouts").text


def test_what_a_child_likes_is_told_to_the_parent_as_such(talk: Conversation) -> None:
    assert talk.says("ma fille aime la mode", "metier_gouts").text.startswith("Votre enfant aime : la mode")
