"""What hindered a day's work at the console: nothing is missed, nothing contradicts, everything is within reach."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageAt
from tests.e2e.console_pages import Citizen, Console, account, answers, citizen
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine shows a sheet."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(answers)) as running:
        yield running


def _streaming(page: Page) -> None:
    expect(page.locator("#live")).to_have_attribute("data-open", "1")


def _in_view(page: Page, selector: str) -> bool:
    box = page.locator(selector).first.bounding_box()
    size = page.viewport_size
    assert box is not None and size is not None
    return box["y"] >= 0 and box["y"] + box["height"] <= size["height"]


def _at_a_long_case(gateway: Gateway, page: Page) -> tuple[Console, Citizen]:
    """An advisor who holds a case that fills more than a screen, and its person."""
    awa = Console(gateway, page)
    awa.log_in(account(gateway, "Awa Diallo"))
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    for number in range(25):
        person.says(f"et encore ceci, {number}")
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    _streaming(awa.page)
    return awa, person


def test_a_case_handed_on_is_announced_to_the_colleague_with_a_word(gateway: Gateway, page_at: PageAt) -> None:
    awa, bruno = Console(gateway, page_at(1440, 900)), Console(gateway, page_at(1024, 768))
    awa.log_in(account(gateway, "Awa Diallo"))
    bruno.log_in(account(gateway, "Bruno Lemoine"))
    _streaming(bruno.page)
    case_id = citizen(gateway).asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    awa.page.get_by_text("Transmettre", exact=True).first.click()
    receiver = awa.page.get_by_label("À qui ?")
    receiver.select_option(receiver.locator("option", has_text="Bruno Lemoine").get_attribute("value"))
    awa.page.get_by_label("Un mot pour la suite").fill("Elle préfère le matin.")
    awa.page.get_by_role("button", name="Transmettre").last.click()
    told = bruno.page.get_by_role("link", name="On vous transmet une demande")
    told.click()
    expect(bruno.page.locator(".notes")).to_contain_text("Elle préfère le matin.")
    expect(bruno.box).to_be_visible()
    expect(awa.page.locator("#not-mine")).to_have_text("Bruno Lemoine répond à cette personne.")
    bruno.page.get_by_text("Clore", exact=True).first.click()
    bruno.page.get_by_label("Issue").select_option("informe")
    bruno.page.get_by_role("button", name="Clore la demande").click()
    expect(awa.page.locator("#not-mine")).to_contain_text("Cette demande est terminée")


def test_on_a_telephone_the_actions_and_the_reply_stay_within_reach(gateway: Gateway, page_at: PageAt) -> None:
    awa, _ = _at_a_long_case(gateway, page_at(390, 844, touch=True))
    expect(awa.messages.last).to_be_in_viewport()
    assert _in_view(awa.page, '[data-key="c"]'), "« Clore » stays on the screen"
    assert _in_view(awa.page, "#send"), "so does « Envoyer »"


def test_who_reads_above_is_told_of_new_messages_and_a_note_moves_nothing(gateway: Gateway, page_at: PageAt) -> None:
    awa, person = _at_a_long_case(gateway, page_at(1280, 720))
    log, pill = awa.page.locator(".log"), awa.page.get_by_role("button", name="Nouveaux messages")
    log.evaluate("log => { log.scrollTop = 0 }")
    person.says("un dernier mot")
    expect(pill).to_be_visible()
    awa.page.get_by_label("Ajouter une note").fill("Rappeler jeudi.")
    awa.page.get_by_role("button", name="Ajouter la note").click()
    expect(awa.page.locator(".notes")).to_contain_text("Rappeler jeudi.")
    expect(awa.banner).to_contain_text("La note est ajoutée.")
    expect(awa.banner).to_have_count(1)
    assert log.evaluate("log => log.scrollTop") == 0
    expect(awa.page.get_by_label("Ajouter une note")).to_have_value("")
    pill.click()
    expect(awa.messages.last).to_be_in_viewport()
    expect(pill).to_be_hidden()


def test_a_conversation_that_its_person_erases_is_said_to_be_gone(gateway: Gateway, page_at: PageAt) -> None:
    awa = Console(gateway, page_at(1280, 720))
    awa.log_in(account(gateway, "Awa Diallo"))
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    _streaming(awa.page)
    gateway.call(gateway.services.chat.erase(person.conversation))
    awa.page.wait_for_url("**/console/")
    expect(awa.banner).to_contain_text("La personne a effacé sa conversation")


def test_the_reply_and_the_actions_are_two_keys_away(gateway: Gateway, page_at: PageAt) -> None:
    awa = Console(gateway, page_at(1280, 720))
    awa.log_in(account(gateway, "Awa Diallo"))
    case_id = citizen(gateway).asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    awa.open(f"/console/cases/{case_id}")
    for _ in range(3):
        awa.page.keyboard.press("Tab")
    expect(awa.page.get_by_role("link", name="Aller à la réponse")).to_be_focused()
    awa.page.keyboard.press("Enter")
    expect(awa.box).to_be_focused()


def test_six_alerts_leave_the_conversation_and_the_reply_on_the_screen(gateway: Gateway, page_at: PageAt) -> None:
    awa, _ = _at_a_long_case(gateway, page_at(1280, 720))
    for _ in range(6):
        citizen(gateway).says("j'ai envie de mourir")
    alerts = awa.page.locator("#alerts")
    expect(alerts.locator("summary")).to_contain_text("6 alertes")
    log = awa.page.locator(".log").bounding_box()
    assert log is not None and log["height"] > 200 and _in_view(awa.page, "#send")
    alerts.locator("summary").click()
    first = alerts.get_by_role("button", name="Prendre").first
    expect(first).to_be_in_viewport()
    where = awa.page.url
    alerts.get_by_role("button", name="J'ai vu").first.click()
    expect(alerts.locator("summary")).to_contain_text("5 alertes")
    assert awa.page.url.partition("?")[0] == where.partition("?")[0], "whoever has seen one stays in the case"
