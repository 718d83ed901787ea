"""Too many courses: the engine's form narrows them by level, rhythm and place; it is left at any time and outlives the engine."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
import yaml

from tests.dialogues.people import Answer, WebCitizen
from tests.dialogues.test_engine_dies import pid_of, wait_until
from tests.stack import Stack

TOWNS = {"14118": "Caen", "76540": "Rouen", "61001": "Alençon", "27229": "Évreux", "76217": "Dieppe", "14366": "Lisieux"}


def _offer(code: str, town: str, rhythm: str) -> dict[str, object]:
    return {"id": f"essai-fleuriste-{code}-{rhythm}", "title": "CAP fleuriste", "level": 3, "rhythms": [rhythm],
            "summary": f"CAP fleuriste à {town}, pour l'essai.", "provider": f"Centre d'essai de {town}",
            "commune": code, "commune_name": town}


@pytest.fixture(scope="module")
def florists(stack: Stack, tmp_path_factory: pytest.TempPathFactory) -> Stack:
    """The helpline with twelve courses of the agency's own for one diploma, loaded as an operator would."""
    folder = tmp_path_factory.mktemp("offres")
    offers = [_offer(code, town, rhythm) for code, town in TOWNS.items() for rhythm in ("initial", "apprentissage")]
    _write(folder, offers)
    stack.command("kb", "load", str(folder))
    assert wait_until(lambda: "Où en êtes-vous" in _newcomer(stack).text, 15), "the new courses are not answered from"
    return stack


def _newcomer(stack: Stack) -> Answer:
    """What somebody is told who begins with a diploma."""
    person = WebCitizen(stack.url)
    person.open()
    return person.say("CAP fleuriste")


def _write(folder: Path, offers: list[dict[str, object]]) -> None:
    (folder / "formations").mkdir()
    (folder / "formations" / "fleuriste.yml").write_text(yaml.safe_dump(offers, allow_unicode=True), encoding="utf-8")


@pytest.fixture
def citizen(florists: Stack) -> WebCitizen:
    """Somebody whom the form has just asked its first question."""
    person = WebCitizen(florists.url)
    person.open()
    assert "Où en êtes-vous" in person.say("CAP fleuriste").text, person.transcript
    return person


def test_three_answers_narrow_the_courses_to_those_near_by(citizen: WebCitizen) -> None:
    assert "rythme" in citizen.press("Collège (jusqu’à la 3e)").text, citizen.transcript
    assert "commune" in citizen.say("en apprentissage").text, citizen.transcript
    found = citizen.say("vers Caen")
    assert "formation/essai-fleuriste-14118-apprentissage" in found.references, citizen.transcript
    assert not [one for one in found.references if one.endswith("-initial")], citizen.transcript
    assert "Centre d'essai de Caen" in citizen.say("la première").text, citizen.transcript
    assert "Centre d'essai de Rouen" in citizen.say("et à Rouen ?").text, citizen.transcript


def test_what_does_not_matter_is_not_insisted_upon(citizen: WebCitizen) -> None:
    citizen.say("peu importe")
    citizen.press("Peu importe le rythme")
    found = citizen.press("Partout en Normandie")
    assert "Centre d'essai" in found.text, citizen.transcript


def test_the_form_is_left_by_any_other_question(citizen: WebCitizen) -> None:
    citizen.press("Terminale, bac")
    assert "dispositif/vae" in citizen.say("c'est quoi la VAE").references, citizen.transcript
    assert "rythme" not in citizen.say("merci").text, citizen.transcript


def test_a_person_is_reached_from_inside_the_form(citizen: WebCitizen) -> None:
    assert citizen.say("je veux parler à un conseiller").mode == "queued", citizen.transcript


def test_the_form_goes_on_where_it_was_after_the_engine_was_killed(florists: Stack, citizen: WebCitizen) -> None:
    citizen.press("CAP ou 2de")
    os.kill(pid_of(florists, "engine"), signal.SIGKILL)
    assert wait_until(lambda: not florists.ready(), 15)
    assert wait_until(florists.ready), "the engine did not come back"
    assert wait_until(lambda: "commune" in citizen.say("en apprentissage").text, 15), citizen.transcript
    assert "Centre d'essai de Dieppe" in citizen.say("Dieppe").text, citizen.transcript
