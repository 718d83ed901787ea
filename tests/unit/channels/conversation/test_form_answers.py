"""What an answer to a form says beside an answer (channels/conversation/forms/base.py): it gives up, it thanks."""

from __future__ import annotations

import pytest

from channels.conversation.forms.base import Said
from channels.conversation.wants_person import shipped_wishes


@pytest.mark.parametrize("text", [
    "annuler", "laisse tomber", "annule le rappel de jeudi", "ah non finalement je rappellerai là il vient de rentrer",
    "non on vous rappellera", "finalement pas la peine, merci", "je n'ai plus besoin d'un rappel"])
def test_these_leave_the_form(text: str) -> None:
    assert Said(text).cancels


@pytest.mark.parametrize("text", [
    "non jeudi", "rappelez-moi jeudi", "c'est bon", "annulons jeudi, plutôt vendredi", "06 12 34 56 78"])
def test_these_do_not(text: str) -> None:
    assert not Said(text).cancels


@pytest.mark.parametrize(("text", "thanks"), [("merci madame", True), ("ok merci beaucoup", True), ("merci mardi", False)])
def test_a_thank_you_is_no_misread_answer(text: str, thanks: bool) -> None:
    assert Said(text).thanks is thanks and Said(text).asks_something_else is thanks


@pytest.mark.parametrize("text", ["nn c bon jvais y aller direct", "finalement j'y vais", "je vais y aller moi-même"])
def test_who_goes_there_waits_no_more(text: str) -> None:
    assert shipped_wishes().read(text) == "stop_waiting"
