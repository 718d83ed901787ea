"""The life of a case in real browsers: it arrives, two advisors want it, one answers, it goes back, it ends."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.conftest import PageAt
from tests.e2e.console_pages import Console, account, answers, citizen
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine shows a sheet."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(answers)) as running:
        yield running


@pytest.fixture
def awa(gateway: Gateway, page_at: PageAt) -> Console:
    """An advisor at the queue."""
    console = Console(gateway, page_at(1440, 900))
    console.log_in(account(gateway, "Awa Diallo"))
    return console


@pytest.fixture
def bruno(gateway: Gateway, page_at: PageAt) -> Console:
    """A colleague at the queue."""
    console = Console(gateway, page_at(1024, 768))
    console.log_in(account(gateway, "Bruno Lemoine"))
    return console


def _streaming(page: Page) -> None:
    expect(page.locator("#live")).to_have_attribute("data-open", "1")


def test_a_new_case_appears_by_itself_and_leaves_when_somebody_takes_it(gateway: Gateway, awa: Console, bruno: Console) -> None:
    _streaming(awa.page)
    _streaming(bruno.page)
    case_id = citizen(gateway).asks_for_a_person()
    expect(awa.row(case_id)).to_contain_text("coiffeuse")
    expect(awa.page.locator("#said")).to_contain_text("Nouvelle demande")
    bruno.row(case_id).get_by_role("button", name="Prendre").click()
    expect(bruno.page.get_by_role("heading", level=1)).to_contain_text(f"n° {case_id}")
    expect(awa.row(case_id)).to_have_count(0)


def test_the_second_who_claims_reads_who_has_it(gateway: Gateway, awa: Console, bruno: Console) -> None:
    case_id = citizen(gateway).asks_for_a_person()
    # Nothing tells Awa's page that the case is taken: her click meets the server's own check.
    awa.page.route("**/console/live*", lambda route: route.abort())
    awa.open(f"/console/cases/{case_id}")
    bruno.open(f"/console/cases/{case_id}")
    bruno.claim()
    expect(bruno.banner).to_contain_text("est à vous")
    awa.page.get_by_role("button", name="Prendre la demande").click()
    expect(awa.banner).to_contain_text("déjà suivie par Bruno Lemoine")


def test_messages_go_both_ways_at_once(gateway: Gateway, awa: Console) -> None:
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    _streaming(awa.page)
    expect(awa.box).to_be_focused()
    person.says("vous êtes là ?")
    expect(awa.messages.last).to_contain_text("vous êtes là ?")
    awa.box.fill("Oui, je vous lis.")
    awa.box.press("Control+Enter")
    expect(awa.messages.filter(has_text="Oui, je vous lis.")).to_have_count(1)
    expect(awa.page.locator(".waiting")).to_have_count(0)
    assert "Oui, je vous lis." in person.reads()
    gateway.call(_type(gateway, person.conversation))
    expect(awa.page.locator("#typing")).to_have_text("La personne écrit…")


async def _type(gateway: Gateway, conversation: str) -> None:
    gateway.services.chat.typing(conversation, "citizen")


def test_a_failed_send_stays_on_the_screen_and_is_sent_once_by_the_retry(gateway: Gateway, awa: Console) -> None:
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    awa.page.route("**/messages", lambda route: route.abort())
    awa.box.fill("Bonjour, un instant.")
    awa.page.get_by_role("button", name="Envoyer").click()
    failed = awa.page.locator(".unsent")
    expect(failed).to_contain_text("Non envoyé")
    awa.page.reload()
    expect(failed).to_contain_text("Bonjour, un instant.")
    awa.page.unroute("**/messages")
    failed.get_by_role("button", name="Réessayer").click()
    expect(awa.page.locator(".waiting")).to_have_count(0)
    expect(awa.messages.filter(has_text="Bonjour, un instant.")).to_have_count(1)
    assert person.reads().count("Bonjour, un instant.") == 1


def test_an_answer_lost_on_the_way_back_is_not_sent_twice(gateway: Gateway, awa: Console) -> None:
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()

    def lose(route: Route) -> None:
        route.fetch()
        route.abort()

    awa.page.route("**/messages", lose)
    awa.box.fill("Arrivé quand même.")
    awa.page.get_by_role("button", name="Envoyer").click()
    expect(awa.page.locator(".unsent")).to_be_visible()
    awa.page.unroute("**/messages")
    awa.page.get_by_role("button", name="Réessayer").click()
    expect(awa.page.locator(".waiting")).to_have_count(0)
    assert person.reads().count("Arrivé quand même.") == 1


def test_the_end_of_the_conversation_stays_in_sight_when_it_is_drawn_again(gateway: Gateway, awa: Console) -> None:
    person = citizen(gateway)
    for _ in range(6):
        person.says("une longue question " * 20)
    awa.open(f"/console/cases/{person.asks_for_a_person()}")
    awa.claim()
    _streaming(awa.page)
    awa.box.fill("Je vous lis.")
    awa.box.press("Control+Enter")
    expect(awa.page.locator(".waiting")).to_have_count(0)
    sent = awa.messages.filter(has_text="Je vous lis.")
    gateway.call(gateway.services.chat.seen(person.conversation, 99, "citizen"))  # « Lu » draws the conversation again
    expect(sent).to_contain_text("Lu")
    expect(sent).to_be_in_viewport()


def test_a_draft_is_found_again(gateway: Gateway, awa: Console) -> None:
    case_id = citizen(gateway).asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    expect(awa.box).to_be_focused()
    awa.box.fill("Je commence à écrire")
    awa.open("/console/")
    awa.open(f"/console/cases/{case_id}")
    expect(awa.box).to_have_value("Je commence à écrire")
    awa.page.get_by_role("button", name="Se déconnecter").click()
    expect(awa.page.get_by_role("button", name="Se connecter")).to_be_visible()
    assert awa.page.evaluate("Object.keys(localStorage).filter(name => name.startsWith('pm-console:')).length") == 0


def test_two_people_in_one_case_see_each_other(gateway: Gateway, awa: Console, bruno: Console) -> None:
    case_id = citizen(gateway).asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    bruno.open(f"/console/cases/{case_id}")
    expect(bruno.page.locator("#viewers")).to_contain_text("Awa Diallo regarde")
    awa.box.press_sequentially("Bonjour")
    expect(bruno.page.locator("#viewers")).to_contain_text("Awa Diallo écrit")
    bruno.open("/console/")
    expect(awa.page.locator("#viewers")).to_be_empty()


def test_a_sheet_is_found_joined_and_seen_by_the_person(gateway: Gateway, awa: Console) -> None:
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    awa.claim()
    _streaming(awa.page)
    awa.page.keyboard.press("Escape")
    awa.page.keyboard.press("/")
    awa.page.keyboard.type("apprentissage")
    found = awa.page.locator("#found li").first
    expect(found).to_contain_text("pprenti")
    found.get_by_role("button", name="Joindre").click()
    expect(awa.page.locator("#joined li")).to_have_count(1)
    awa.box.fill("Voici la fiche.")
    awa.box.press("Control+Enter")
    expect(awa.messages.filter(has_text="Voici la fiche.").locator(".card")).to_have_count(1)


def test_the_screen_catches_up_after_a_cut(gateway: Gateway, awa: Console) -> None:
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa.open(f"/console/cases/{case_id}")
    _streaming(awa.page)
    awa.page.context.set_offline(True)
    expect(awa.page.locator("#connection")).to_be_visible()
    person.says("pendant la coupure")
    late = citizen(gateway).asks_for_a_person()
    awa.page.context.set_offline(False)
    expect(awa.messages.filter(has_text="pendant la coupure").first).to_be_visible()
    expect(awa.row(late)).to_be_visible()
    expect(awa.page.locator("#connection")).to_be_hidden()


def test_the_whole_story_by_keyboard_alone(gateway: Gateway, awa: Console) -> None:
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa.open("/console/")
    expect(awa.row(case_id)).to_be_visible()
    keys = awa.page.keyboard
    for _ in range(60):
        keys.press("j")
        if awa.row(case_id).locator("a").evaluate("link => link === document.activeElement"):
            break
    keys.press("p")
    expect(awa.box).to_be_focused()
    keys.type("Bonjour, je regarde.")
    keys.press("Control+Enter")
    expect(awa.messages.filter(has_text="Bonjour, je regarde.")).to_have_count(1)
    expect(awa.page.locator(".waiting")).to_have_count(0)
    keys.press("Escape")
    keys.press("n")
    keys.type("à rappeler lundi")
    keys.press("Tab")
    keys.press("Enter")
    expect(awa.page.locator(".notes")).to_contain_text("à rappeler lundi")
    _streaming(awa.page)
    keys.press("c")
    keys.press("ArrowDown")
    keys.press("Tab")
    keys.press("Tab")
    keys.press("Enter")
    expect(awa.banner).to_contain_text("La demande est close")
    assert any("terminé" in text for text in person.reads())


def test_distress_is_on_every_screen_at_once(gateway: Gateway, awa: Console) -> None:
    _streaming(awa.page)
    citizen(gateway).says("j'ai envie de mourir")
    alert = awa.page.locator("#alerts .alert").first
    expect(alert).to_contain_text("Message de détresse")
    alert.get_by_role("button", name="J'ai vu").click()
    expect(awa.page.locator("#alerts .alert")).to_have_count(0)
