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
