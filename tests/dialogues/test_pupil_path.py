"""A pupil's path of ten messages: follow-ups, a correction, a handover. Nothing is asked twice; the advisor knows it all."""

from __future__ import annotations

from tests.dialogues.desk import Desk
from tests.dialogues.people import WebCitizen
from tests.stack import Stack


def test_ten_messages_need_no_repeated_information_and_the_advisor_knows_who_what_and_where(stack: Stack) -> None:
    pupil = WebCitizen(stack.url)
    pupil.open()
    pupil.say("slt je suis en 3e, j'habite à Flers")
    assert "metier/boulanger" in pupil.say("jveu etre boulanger").references, pupil.transcript
    assert "metier/patissier" in pupil.say("non pas boulanger patissier").references, pupil.transcript

    access = pupil.say("faut quoi comme diplome")
    assert "formation/cap-patissier" in access.references, pupil.transcript
    assert "commune" not in access.text, f"the place is known already\n{pupil.transcript}"
    assert "apprentissage" in pupil.say("et en apprentissage ?").text, pupil.transcript
    assert "Flers" in pupil.say("je peux faire ça près de chez moi ?").text, pupil.transcript
    paid = pupil.say("c'est payé combien")
    assert "metier/patissier" in paid.references and "brut" in paid.text, pupil.transcript
    assert pupil.last and "La paie d’un apprenti" in pupil.last.buttons, pupil.transcript
    assert "week-ends" in pupil.say("on bosse le week end ?").text, pupil.transcript
    assert "À 15 ans" in pupil.say("et un apprenti de 15 ans il gagne combien").text, pupil.transcript
    assert pupil.say("je veux parler à un conseiller").mode == "queued", pupil.transcript

    case = Desk.of(stack, "parcours-eleve@exemple.fr").newest()
    assert case["public"] == "collegien" and case["place"] == "Flers", case
    summary = case["summary"]
    assert "collégien" in summary.lower() and "Flers" in summary, summary
    assert "Pâtissier / Pâtissière" in summary and "apprenti" in summary, summary
    assert "Boulanger" not in summary.split("Déjà")[0], summary


def test_the_exploration_of_tastes_asks_seven_quick_questions_and_ends_in_trades_and_a_next_step(stack: Stack) -> None:
    pupil = WebCitizen(stack.url)
    pupil.open()
    asked = pupil.say("je sais pas quoi faire plus tard")
    assert "1/7" in asked.text and "pas un test" in asked.text, pupil.transcript
    for number, label in enumerate(("Faire de mes mains", "Écoute et aide", "Dehors", "Soigner, accompagner",
                                    "Le sport, la pratique", "Être utile aux gens"), start=2):
        assert f"{number}/7" in pupil.press(label).text, pupil.transcript
    found = pupil.press("La nature, les animaux")
    assert len(found.cards) >= 3 and {card["kind"] for card in found.cards} == {"metier"}, pupil.transcript
    assert "Vous avez dit aimer" in found.text and "stage" in found.text, pupil.transcript
    assert "Parler à un conseiller" in found.buttons, pupil.transcript
    assert pupil.say("la deuxième").references == [found.references[1]], pupil.transcript


def test_the_exploration_takes_other_words_and_can_be_left_for_any_question(stack: Stack) -> None:
    pupil = WebCitizen(stack.url)
    pupil.open()
    pupil.say("je sais pas quoi faire plus tard")
    assert "2/7" in pupil.say("bof").text, pupil.transcript
    assert "3/7" in pupil.press("Organise").text, pupil.transcript
    assert "metier/soudeur" in pupil.say("c'est quoi le métier de soudeur").references, pupil.transcript
    assert "/7" not in pupil.say("et le salaire ?").text, pupil.transcript
