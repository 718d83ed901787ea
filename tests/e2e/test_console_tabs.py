"""An advisor with many tabs: a browser opens six connections to one server, and none of them may be taken by a tab behind."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageAt
from tests.e2e.console_pages import Console, account, answers, citizen
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

# A browser without a screen thinks that every tab is in front: the page is told otherwise.
_BEHIND = """window.behind = true; Object.defineProperty(document, 'hidden', { get: () => window.behind });"""
_TO_THE_FRONT = "window.behind = false; document.dispatchEvent(new Event('visibilitychange'))"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway of its own."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(answers)) as running:
        yield running


def _behind(gateway: Gateway, front: Page, path: str) -> Console:
    page = front.context.new_page()
    page.add_init_script(_BEHIND)
    console = Console(gateway, page)
    console.open(path)
    return console


def _streams(*pages: Page) -> int:
    return sum(page.locator("#live[data-open]").count() for page in pages)


def test_eight_tabs_leave_room_to_work_and_one_behind_catches_up_when_it_is_looked_at(gateway: Gateway, page_at: PageAt) -> None:
    person = citizen(gateway)
    case_id = person.asks_for_a_person()
    awa = Console(gateway, page_at())
    awa.log_in(account(gateway, "Awa Diallo"))
    behind = [_behind(gateway, awa.page, f"/console/cases/{case_id}") for _ in range(7)]
    awa.open(f"/console/cases/{case_id}")
    expect(awa.page.locator("#live")).to_have_attribute("data-open", "1")
    awa.claim()
    awa.box.fill("Bonjour, malgré sept autres onglets.")
    awa.box.press("Control+Enter")
    expect(awa.messages.filter(has_text="malgré sept autres onglets")).to_have_count(1)
    assert _streams(*(tab.page for tab in behind)) <= 1, "at most one tab behind goes on listening"
    quiet = next(tab for tab in behind if not _streams(tab.page))
    quiet.page.evaluate(_TO_THE_FRONT)
    expect(quiet.messages.filter(has_text="malgré sept autres onglets")).to_have_count(1)
    expect(quiet.page.locator("#actions")).to_have_attribute("data-owner", "me")


def test_when_every_tab_is_behind_one_announces_and_all_count(gateway: Gateway, page_at: PageAt) -> None:
    awa = Console(gateway, page_at())
    awa.log_in(account(gateway, "Awa Diallo"))
    awa.page.add_init_script(_BEHIND)
    awa.open("/console/")
    others = [_behind(gateway, awa.page, "/console/") for _ in range(2)]
    tabs = [awa.page, *(other.page for other in others)]
    expect(awa.page.locator("#live")).to_have_attribute("data-open", "1")
    citizen(gateway).asks_for_a_person()
    for page in tabs:
        expect(page).to_have_title("(1) Demandes | Console Parcours-Métiers")
    said = [page.locator("#said").text_content() for page in tabs]
    assert len([text for text in said if text]) == 1, "one tab says it"
