"""The second question after an answer, over the shipped sheets: it meets neither the same text again nor another subject."""

from __future__ import annotations

from tests.unit.actions.talk import Conversation


def test_a_sheet_that_was_just_told_gives_what_it_did_not_say(talk: Conversation) -> None:
    first = talk.says("mon fils ne va plus au lycée", "question")
    second = talk.says("il est inscrit nulle part maintenant", "question")
    assert first.cards[0]["id"] == "decrochage-que-faire", first.text
    assert second.text != first.text and first.text[:80] not in second.text


def test_a_school_word_beside_a_town_asks_for_no_school(talk: Conversation) -> None:
    reply = talk.says("mon fils ne va plus au lycée, on est à Dieppe", "question")
    assert {"decrochage-que-faire", "mission-locale-dieppe"} & {card["id"] for card in reply.cards}, reply.text


def test_a_new_fact_about_the_person_makes_the_same_sheet_worth_telling(talk: Conversation) -> None:
    talk.says("payé combien un apprenti", "question")
    assert "27 %" in talk.says("et à 17 ans ?", "preciser_profil").text


def test_to_train_or_to_turn_to_somebody_names_no_trade(talk: Conversation) -> None:
    talk.says("ma fille veut devenir coiffeuse, nous habitons Lisieux", "question")
    trained = talk.says("où peut-elle se former", "question")
    assert "coiffure" in trained.cards[0]["id"] and "près de Lisieux" in trained.text
    assert "Usineur" not in talk.says("vers qui je me tourne", "question").text


def test_which_pays_best_is_asked_of_the_two_just_compared(talk: Conversation) -> None:
    talk.says("menuisier ou charpentier ?", "comparer")
    reply = talk.says("lequel gagne le plus", "comparer")
    assert {card["id"] for card in reply.cards} == {"menuisier", "charpentier-bois"}
    assert "salaire" in reply.text


def test_which_is_best_compares_the_last_two_that_were_seen(talk: Conversation) -> None:
    talk.says("l'epide c'est quoi", "question")
    e2c = talk.says("et l'e2c", "question").cards[0]["id"]
    assert e2c in ("e2c", "e2c-herouville")  # the only one of Normandie says it as well
    assert {card["id"] for card in talk.says("c lequel le mieux pr moi", "comparer").cards} == {"epide", e2c}


def test_a_difference_is_with_the_trade_just_spoken_of(talk: Conversation) -> None:
    talk.says("vétérinaire c'est combien d'années", "question")
    reply = talk.says("auxiliaire vétérinaire c'est quoi la différence", "comparer")
    assert {card["id"] for card in reply.cards} == {"veterinaire", "auxiliaire-veterinaire"}


def test_a_company_that_looks_for_an_apprentice_is_no_pupil_who_asks_about_its_trade(talk: Conversation) -> None:
    first = talk.says("je suis artisan boulanger je cherche un apprenti", "question")
    assert first.cards[0]["id"] == "recruter-un-apprenti", first.text
    assert "permis" not in talk.says("quelles aides je peux avoir ?", "question").text
    assert "Smic" in talk.says("combien je dois le payer", "question").text


def test_a_place_after_what_is_the_same_everywhere_keeps_the_sheet_and_a_person(talk: Conversation) -> None:
    talk.says("j'ai le droit à une bourse ?", "question")
    reply = talk.says("je suis au lycée pro à Elbeuf", "preciser_lieu")
    assert "Elbeuf" in reply.text and reply.handover == 1
    assert "bourses-le-point" in [card["id"] for card in reply.cards]


def test_a_place_after_a_kind_of_welcome_finds_the_one_of_that_town(talk: Conversation) -> None:
    talk.says("c'est quoi la mission locale", "question")
    assert talk.says("a Evreux", "preciser_lieu").cards[0]["id"] == "mission-locale-evreux"


def test_the_diploma_and_the_years_are_those_of_the_trade_in_mind(talk: Conversation) -> None:
    talk.says("je veux etre soudeur", "question")
    for words in ("c'est quoi le diplome", "c'est combien de temps la formation", "combien danné detude"):
        reply = talk.says(words, "question")
        assert reply.cards[0]["id"] == "soudeur" and "CAP" in reply.text.split("\n\n")[0], (words, reply.text)


def test_who_was_cheated_is_told_what_to_do_at_once(talk: Conversation) -> None:
    told = talk.says("ils veulent mon code cpf", "question").text
    reply = talk.says("je leur ai donné", "question")
    assert reply.cards[0]["id"] == "cpf-fraude"
    assert "mot de passe" in told + reply.text and "Tout le monde" not in reply.text


def test_animals_are_no_animators(talk: Conversation) -> None:
    ids = [card["id"] for card in talk.says("je voudrais travailler avec les animaux", "explorer").cards]
    assert ids[0] == "auxiliaire-veterinaire" and "animateur-socioculturel" not in ids


def test_small_talk_in_between_does_not_bring_the_first_apology_back(talk: Conversation) -> None:
    first = talk.says("fghjk", "question")
    talk.says("brr tsoin", "bavardage")
    assert talk.says("zzz", "question").text != first.text


def test_a_person_is_not_the_only_thing_one_may_have_meant(talk: Conversation) -> None:
    reply = talk.says("agent", "question", [("demander_conseiller", 0.4)])
    assert len(reply.cards) > 1 and "Parler à un conseiller" not in talk.labels()


def test_who_does_not_know_what_to_do_is_asked_what_they_like_however_it_is_written(talk: Conversation) -> None:
    reply = talk.says("salut jsuis en 3e a Vire et jsais pas trop koi faire", "explorer")
    assert "1/7" in reply.text


def test_shorter_studies_are_no_simpler_sentence(talk: Conversation) -> None:
    talk.says("vétérinaire c'est combien d'années", "question")
    assert "veterinaire" in talk.says("y a plus court ?", "question").cards[0]["id"]
    talk.says("auxiliaire vétérinaire c'est quoi la différence", "comparer")
    assert "Auxiliaire" in talk.says("où je peux faire ça", "question").text


def test_whether_it_is_learnt_as_an_apprentice_is_asked_of_the_course_in_mind(talk: Conversation) -> None:
    talk.says("CAP cuisine", "question")
    reply = talk.says("et en apprentissage ?", "question")
    assert "cap-cuisine" in [card["id"] for card in reply.cards] and "CAP cuisine" in (reply.sms or "")


def test_another_place_of_welcome_is_asked_of_the_same_town_even_as_a_word(talk: Conversation) -> None:
    talk.says("à quelle heure ferme la mission locale du Havre", "question")
    assert talk.says("et le cio ?", "question").cards[0]["id"] == "cio-le-havre"
