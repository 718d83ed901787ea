"""The second question after an answer, over the shipped sheets: it meets neither the same text again nor another subject."""

from __future__ import annotations

from tests.unit.actions.talk import Conversation


def test_a_sheet_that_was_just_told_gives_what_it_did_not_say(talk: Conversation) -> None:
    first = talk.says("mon fils ne va plus au lycée, on est à Dieppe", "decrochage")
    second = talk.says("il est inscrit nulle part maintenant", "decrochage")
    assert "Je viens de vous parler" in second.text
    assert first.text[:80] not in second.text and len(second.text) < len(first.text)


def test_a_new_fact_about_the_person_makes_the_same_sheet_worth_telling(talk: Conversation) -> None:
    talk.says("payé combien un apprenti", "apprentissage_salaire")
    assert "À 17 ans" in talk.says("et à 17 ans ?", "apprentissage_salaire").text


def test_to_train_or_to_turn_to_somebody_names_no_trade(talk: Conversation) -> None:
    talk.says("ma fille veut devenir coiffeuse, nous habitons Lisieux", "metier_decouvrir")
    assert talk.says("où peut-elle se former", "formation_chercher").cards[0]["id"] == "cap-metiers-de-la-coiffure"
    assert "Usineur" not in talk.says("vers qui je me tourne", "metier_decouvrir").text


def test_which_pays_best_is_asked_of_the_two_just_compared(talk: Conversation) -> None:
    talk.says("menuisier ou charpentier ?", "comparer")
    reply = talk.says("lequel gagne le plus", "hors_sujet")
    assert {card["id"] for card in reply.cards} == {"menuisier", "charpentier-bois"}
    assert "Je n’ai de salaire vérifié pour aucun des deux" in reply.text


def test_which_is_best_compares_the_last_two_that_were_seen(talk: Conversation) -> None:
    talk.says("l'epide c'est quoi", "dispositif_jeunes")
    talk.says("et l'e2c", "dispositif_jeunes")
    assert {card["id"] for card in talk.says("c lequel le mieux pr moi", "comparer").cards} == {"epide", "e2c"}


def test_a_difference_is_with_the_trade_just_spoken_of(talk: Conversation) -> None:
    talk.says("vétérinaire c'est combien d'années", "metier_acces")
    reply = talk.says("auxiliaire vétérinaire c'est quoi la différence", "comparer")
    assert {card["id"] for card in reply.cards} == {"veterinaire", "auxiliaire-veterinaire"}


def test_a_company_that_asks_for_aids_or_pay_is_not_offered_a_driving_licence(talk: Conversation) -> None:
    talk.says("je suis artisan boulanger je cherche un apprenti", "professionnel_entreprise")
    assert "Les aides à l’embauche" in talk.says("quelles aides je peux avoir ?", "aides").text
    assert "Smic" in talk.says("combien je dois le payer", "hors_sujet").text


def test_a_place_after_what_is_the_same_everywhere_leads_to_who_knows_it(talk: Conversation) -> None:
    talk.says("j'ai le droit à une bourse ?", "aides")
    reply = talk.says("je suis au lycée pro à Elbeuf", "preciser_lieu")
    assert "Elbeuf" in reply.text and reply.handover == 1
    assert not reply.cards


def test_a_place_after_a_kind_of_welcome_finds_the_one_of_that_town(talk: Conversation) -> None:
    talk.says("c'est quoi la mission locale", "definition")
    assert talk.says("a Evreux", "preciser_lieu").cards[0]["id"] == "mission-locale-evreux"


def test_the_diploma_and_the_years_are_those_of_the_trade_in_mind(talk: Conversation) -> None:
    talk.says("je veux etre soudeur", "metier_decouvrir")
    for words, intent in (("c'est quoi le diplome", "definition"), ("c'est combien de temps la formation", "droits_formation"),
                          ("combien danné detude", "hors_sujet")):
        assert "Pour devenir soudeur" in talk.says(words, intent).text, words


def test_who_was_cheated_is_told_what_to_do_at_once(talk: Conversation) -> None:
    talk.says("ils veulent mon code cpf", "cpf_fraude")
    reply = talk.says("je leur ai donné", "nlu_fallback", [("x", 0.2)])
    assert reply.text.startswith("Ne vous en voulez pas") and reply.handover == 1


def test_animals_are_no_animators(talk: Conversation) -> None:
    assert talk.says("je voudrais travailler avec les animaux", "metier_gouts").cards[0]["id"] == "auxiliaire-veterinaire"


def test_small_talk_in_between_does_not_bring_the_first_apology_back(talk: Conversation) -> None:
    first = talk.says("fghjk", "nlu_fallback", [("x", 0.2)])
    talk.says("brr tsoin", "bavardage")
    assert talk.says("zzz", "nlu_fallback", [("x", 0.2)]).text != first.text


def test_a_person_is_not_the_only_thing_one_may_have_meant(talk: Conversation) -> None:
    talk.says("agent", "nlu_fallback", [("demander_conseiller", 0.4)])
    assert "Parler à un conseiller" not in talk.labels() and talk.labels()


def test_who_does_not_know_what_to_do_is_asked_what_they_like_however_it_is_written(talk: Conversation) -> None:
    reply = talk.says("salut jsuis en 3e a Vire et jsais pas trop koi faire", "nlu_fallback", [("x", 0.2)])
    assert "1/7" in reply.text


def test_shorter_studies_are_no_simpler_sentence(talk: Conversation) -> None:
    talk.says("vétérinaire c'est combien d'années", "metier_acces")
    assert "auxiliaire-veterinaire" in [card["id"] for card in talk.says("y a plus court ?", "pas_compris").cards]
    talk.says("auxiliaire vétérinaire c'est quoi la différence", "comparer")
    assert "Auxiliaire" in talk.says("où je peux faire ça", "formation_chercher").text


def test_whether_it_is_learnt_as_an_apprentice_is_the_first_thing_that_an_sms_says(talk: Conversation) -> None:
    talk.says("CAP cuisine", "formation_chercher")
    assert (talk.says("et en apprentissage ?", "formation_chercher").sms or "").startswith("Oui, cette formation")


def test_another_place_of_welcome_is_asked_of_the_same_town_even_as_a_word(talk: Conversation) -> None:
    talk.says("à quelle heure ferme la mission locale du Havre", "structure_horaires")
    assert talk.says("et le cio ?", "definition").cards[0]["id"] == "cio-le-havre"
