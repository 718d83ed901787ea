"""Ten messages of a pupil in the browser, as somebody who has never seen the page: nothing has to be said twice."""

from __future__ import annotations

from playwright.sync_api import expect

from tests.dialogues.desk import Desk
from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget
from tests.stack import Stack


def test_follow_ups_a_correction_and_a_person_who_knows_it_all(stack: Stack, page_at: PageAt) -> None:
    page = page_at(412, 860)
    page.goto(f"{stack.url}/")
    widget = Widget(page).open()
    widget.say("slt je suis en 3e a Flers", "C’est noté")
    widget.say("jveu etre boulanger", "Boulanger / Boulangère")
    widget.say("non pas boulanger patissier", "CAP pâtissier")
    _press(widget, "Les conditions de travail")
    expect(widget.messages.last).to_contain_text("debout")
    expect(widget.messages.last).not_to_contain_text("Dites-moi votre commune")
    widget.say("je peux faire ça près de chez moi ?", "près de Flers")
    widget.say("et à Caen ?", "près de Caen")
    widget.say("on bosse le week end ?", "week-ends")
    widget.say("c'est payé combien ?", "Pâtissier / Pâtissière")
    widget.say("et en apprentissage à 15 ans ?", "À 15 ans")
    widget.say("je veux parler à un conseiller", "un conseiller va vous répondre")

    case = Desk.of(stack, "navigateur@exemple.fr").newest()
    assert (case["public"], case["place"], case["channel"]) == ("collegien", "Caen", "web"), case
    assert case["topic"] == 16, case
    assert "Pâtissier / Pâtissière" in case["summary"] and "15 ans" in case["summary"], case["summary"]


def _press(widget: Widget, label: str) -> None:
    widget.host.get_by_role("button", name=label, exact=True).last.click()
