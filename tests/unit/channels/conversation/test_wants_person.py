"""A plain request for a person is read without the engine; a sentence that only mentions one is not."""

from __future__ import annotations

import pytest

from channels.conversation.wants_person import Wishes


@pytest.fixture(scope="module")
def wishes() -> Wishes:
    return Wishes()


@pytest.mark.parametrize("text", [
    "je veux parler à un conseiller", "Je veux parler à un conseiller.", "un vrai conseiller svp", "conseiller", "CONSEILLER",
    "jveu parler a un conseillé", "je peux parler à quelqu'un ?", "passez-moi un conseiller", "parler à une vraie personne",
    "bonjour, je voudrais parler avec quelqu'un s'il vous plaît", "un humain svp", "je veux pas parler à un robot",
    "est-ce que je peux parler à une conseillère ?", "mettez moi en relation avec un conseiller", "y a quelqu'un ?",
    "parler a un agent", "je souhaite être mis en relation avec un conseiller"])
def test_these_want_a_person(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) == "person"


@pytest.mark.parametrize("text", [
    "comment devenir conseiller", "c'est quoi le métier de conseiller", "conseiller principal d'éducation", "conseiller bancaire",
    "je veux être conseillère en esthétique", "un conseiller m'a dit de faire un BTS", "parler anglais", "je veux parler anglais",
    "métier où on parle aux gens", "salaire conseiller clientèle", "je voudrais des conseils",
    "qui est mon conseiller mission locale",
    "agent de sécurité", "agent", "opérateur de production salaire"])
def test_these_do_not(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) is None


@pytest.mark.parametrize("text", [
    "rappelez-moi", "je voudrais être rappelé", "vous pouvez me rappeler ?", "est-ce qu'on peut me rappeler"])
def test_these_want_a_call(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) == "callback"


@pytest.mark.parametrize("text", ["rappelez-moi lundi", "rappelez moi demain à 10h", "je voudrais être rappelé jeudi matin"])
def test_a_day_and_an_hour_may_be_said_with_it(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) == "callback"


@pytest.mark.parametrize(("text", "wish"), [
    ("annuler mon rappel", "cancel_callback"), ("je veux annuler le rdv", "cancel_callback"),
    ("finalement je ne veux plus être rappelé", "cancel_callback"), ("ne me rappelez pas", "cancel_callback"),
    ("je voudrais changer mon rappel", "move_callback"), ("un autre jour", "move_callback"),
    ("c'est quoi le rappel à la loi", None)])
def test_a_booked_call_is_cancelled_or_moved_in_plain_words(wishes: Wishes, text: str, wish: str | None) -> None:
    assert wishes.read(text) == wish


@pytest.mark.parametrize("text", ["merci", "ok merci beaucoup", "super merci", "au revoir", "bonne journée"])
def test_these_are_only_polite(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) == "courtesy"


@pytest.mark.parametrize("text", [
    "rappelez-moi demain à 3h de l'après-midi", "rappelez-moi entre 14h et 16h", "rappelez moi après 15h svp",
    "vous pouvez me rappeler mardi en huit ?", "je voudrais être rappelé avant 11h", "rappelez-moi pas demain, jeudi",
    "rappelle moi dans deux heures", "rappelez-moi en fin de matinée",
    "rapelez moi demain", "rappellez-moi mar. en fin de matinée", "rappelé moi dem1", "tu peux m'appeler jeudi ?",
    "rappelez-moi pas avant mardi", "rappelez-moi entre lundi et mercredi vers 10h", "téléphonez-moi jeudi"])
def test_any_moment_may_be_said_with_it(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) == "callback"


@pytest.mark.parametrize("text", ["rappelez-moi demain et c'est quoi un bts", "rappelez-moi le nom du lycée",
                                  "rappelle moi ce qu'est un BTS", "appelle-moi Paul", "tu peux me rappeler la date"])
def test_a_question_that_comes_with_it_is_left_to_the_engine(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) is None


@pytest.mark.parametrize("text", [
    "annule le conseiller", "finalement non laisse", "non laisse tomber", "laissez tomber", "plus besoin de conseiller",
    "je ne veux plus attendre", "annulez ma demande", "non c'est bon j'ai trouvé", "tant pis", "en fait pas la peine",
    "je veux plus parler à un conseiller", "oubliez", "finalement j'ai plus besoin", "je vais me débrouiller"])
def test_these_leave_the_queue(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) == "stop_waiting"


@pytest.mark.parametrize("text", [
    "combien de temps d'attente ?", "c'est long ?", "il y a combien de personnes avant moi ?", "ça va être long ?",
    "je suis combientième ?", "c'est quand mon tour ?", "quel est le temps d'attente ?", "il y a beaucoup de monde ?",
    "combien de temps encore ?", "vous répondez quand ?"])
def test_these_ask_how_long_it_takes(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) == "wait"


@pytest.mark.parametrize("text", [
    "combien de temps dure un CAP", "c'est long les études de médecine ?", "y a beaucoup de débouchés ?",
    "je veux arrêter le lycée", "annuler un vœu Parcoursup", "j'ai trouvé un stage"])
def test_questions_about_trades_are_not_about_the_queue(wishes: Wishes, text: str) -> None:
    assert wishes.read(text) is None
