"""One call from the greeting to the recap, out of hours, with the fields that Twilio really sends: every word that is heard."""

from __future__ import annotations

from datetime import datetime

import pytest

from channels.services import Services
from channels.store.models import Callback, Case, OutboxRow
from clock import PARIS, in_paris
from tests.integration.channels.phone.conftest import CALLER, Caller
from tests.integration.channels.phone.test_calls import rows

MONDAY_EVENING = datetime(2026, 11, 30, 20, tzinfo=PARIS)  # advisors are away until the morning
CALL = {
    "comment on devient infirmière":
        "Il faut le D E d'infirmier, en 3 ans après le bac, dans un ifsi. Touche 1 : le salaire. Touche 2 : les écoles.",
    "et ça gagne combien":
        "Une infirmière débutante gagne environ 1850 euros brut par mois. Avez-vous une autre question ?",
    "je voudrais parler à un conseiller":
        "Les conseillers ne sont pas disponibles en ce moment. Ils peuvent vous rappeler gratuitement. Quel jour vous "
        "conviendrait pour être rappelé ? Touche 1 : mardi premier décembre. "
        "Touche 2 : mercredi 2 décembre. Touche 3 : jeudi 3 décembre.",
    "jeudi":
        "À quel moment, jeudi 3 décembre ? Touche 1 : entre 9 heures et 10 heures. Touche 2 : entre 10 heures et 11 heures. "
        "Touche 3 : entre 11 heures et 12 heures.",
    "dix heures":
        "D'accord : jeudi 3 décembre, entre 10 heures et 11 heures. Un conseiller peut-il vous appeler au zéro 6, 12, "
        "34, 56, 78 ? Touche 1 : utiliser ce numéro. Touche 2 : un autre numéro.",
    "oui":
        "Quel nom le conseiller doit-il demander ? Vous pouvez passer cette question. Touche 1 : passer. "
        "Touche 2 : changer de moment.",
    "madame Martin":
        "C'est noté, un conseiller vous rappellera jeudi 3 décembre, entre 10 heures et 11 heures. "
        "Avez-vous une autre question ?",
    "merci, au revoir": "Avant de raccrocher : voulez-vous recevoir un résumé par SMS, sur ce numéro ? Dites oui ou non.",
    "oui, volontiers": "C'est envoyé au zéro 6, 12, 34, 56, 78. Merci de votre appel. Au revoir.",
}


@pytest.fixture
def _in_the_evening(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("channels.hours.week", "channels.conversation.forms.moments", "channels.conversation.intake"):
        monkeypatch.setattr(f"{module}.now", lambda: MONDAY_EVENING)


@pytest.mark.usefixtures("_in_the_evening")
async def test_a_call_in_the_evening_is_what_a_person_would_want_to_hear(caller: Caller, services: Services) -> None:
    services.hours.mode = "schedule"
    assert "assistant automatique" in (await caller.calls()).said
    heard = {words: (await caller.says(words)).said for words in CALL}
    assert heard == CALL
    assert caller.hears.verbs[-1] == "Hangup"
    (callback,) = await rows(services, Callback)
    assert (callback.phone, callback.name, in_paris(callback.starts_at).strftime("%d %H")) == (CALLER, "madame Martin", "03 10")
    assert [case.state for case in await rows(services, Case)] == ["callback"]
    assert "/fiches/metier/infirmier" in (await rows(services, OutboxRow))[0].payload["body"]
