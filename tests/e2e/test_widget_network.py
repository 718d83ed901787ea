"""Tunnels, schools' proxies and dead zones: no message is lost, none comes twice, and their order is kept."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from channels.messages import Reply
from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget
from tests.fixtures.faulty_proxy import Faults, faulty_proxy
from tests.fixtures.gateway import Gateway, running_gateway
from tests.short import SCALE

MESSAGES = min(500, 100 * SCALE)
SILENT = 7000  # milliseconds after which a stream that says nothing is given up (widget/feed.js)
_SEND_ALL = "(texts) => texts.forEach((text) => document.querySelector('parcours-metiers-chat').send(text))"

_SLOW_SESSIONS = """(ms) => {
  const fetching = window.fetch;
  window.fetch = async (address, options) => {
    if (String(address).endsWith("/api/chat/sessions")) await new Promise((resolve) => setTimeout(resolve, ms));
    return fetching(address, options);
  };
}"""


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine is an echo."""
    with running_gateway(tmp_path_factory.mktemp("state")) as running:
        yield running


@pytest.mark.timeout(900)
def test_many_messages_on_a_bad_line_arrive_once_and_in_order(gateway: Gateway, page_at: PageAt) -> None:
    faults = Faults(rate=0.12)
    with faulty_proxy(gateway.settings.port, faults) as address:
        page = page_at()
        page.goto(address)
        widget = Widget(page).open()
        sent = [f"message {number}" for number in range(MESSAGES)]
        page.evaluate(_SEND_ALL, sent)
        expect(widget.host.locator("li.citizen:not(.pending)")).to_have_count(MESSAGES, timeout=600_000)
        expect(widget.host.locator("li.bot")).to_have_count(MESSAGES)
        assert len(faults.seen) == 5, faults.seen
        assert _stored(gateway, page, "citizen") == sent
        assert widget.host.locator("li.citizen .bubble").all_inner_texts() == sent
        assert widget.host.locator("li.bot .bubble").all_inner_texts() == [f"Vous avez dit : {text}" for text in sent]
        seqs = [int(item) for item in widget.messages.evaluate_all("items => items.map(item => item.dataset.seq)")]
        assert seqs == sorted(set(seqs)) and len(seqs) == 2 * MESSAGES + 1


def test_what_is_written_in_a_dead_zone_leaves_when_the_network_is_back(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    page.context.set_offline(True)
    for text in ("un", "deux", "trois"):
        widget.box.fill(text)
        widget.box.press("Enter")
    expect(widget.panel.get_by_text("Pas de connexion. Vos messages partiront dès qu’elle revient.")).to_be_visible()
    expect(widget.panel.get_by_text("Pas encore envoyé")).to_have_count(3)
    page.context.set_offline(False)
    expect(widget.messages.last).to_contain_text("Vous avez dit : trois")
    expect(widget.panel.get_by_text("Pas de connexion")).to_be_hidden()
    assert _stored(gateway, page, "citizen") == ["un", "deux", "trois"]


def test_what_could_not_leave_before_the_page_was_closed_leaves_at_the_next_opening(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("arrivé")
    page.context.set_offline(True)
    for text in ("un", "deux"):
        widget.box.fill(text)
        widget.box.press("Enter")
    expect(widget.panel.get_by_text("Pas encore envoyé")).to_have_count(2)
    page.close()
    page.context.set_offline(False)
    later = page.context.new_page()
    later.goto(gateway.url)
    again = Widget(later)
    again.launcher.click()
    expect(again.messages.last).to_contain_text("Vous avez dit : deux")
    assert _stored(gateway, later, "citizen") == ["arrivé", "un", "deux"]
    later.reload()
    again.launcher.click()
    expect(again.messages).to_have_count(7)
    assert later.evaluate("Object.keys(localStorage).filter((name) => name.includes('unsent')).length") == 0


def test_what_was_said_during_a_sleep_is_there_on_waking(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    page.context.set_offline(True)
    gateway.call(gateway.services.relay.say(_session(page), Reply("pendant le sommeil")))
    page.context.set_offline(False)
    expect(widget.messages.last).to_contain_text("pendant le sommeil")


def test_a_reload_while_the_answer_is_being_made_loses_nothing_and_repeats_nothing(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    asked, gateway.engine.held = len(gateway.engine.turns), True
    widget.box.fill("au milieu")
    widget.box.press("Enter")
    while len(gateway.engine.turns) == asked:
        page.wait_for_timeout(20)
    page.reload()
    widget.launcher.click()
    expect(widget.messages.last).to_contain_text("au milieu")
    gateway.engine.held = False
    expect(widget.messages.last).to_contain_text("Vous avez dit : au milieu")
    assert widget.texts()[1:] == ["au milieu", "Vous avez dit : au milieu"]


def test_behind_a_proxy_that_holds_streams_back_news_come_by_long_poll(gateway: Gateway, page_at: PageAt) -> None:
    with faulty_proxy(gateway.settings.port, Faults(hold_streams=True)) as address:
        page = page_at()
        page.clock.install()
        page.goto(address)
        widget = Widget(page)
        with page.expect_request("**/api/chat/stream?*"):
            widget.open()
        with page.expect_request("**/api/chat/stream?*"):
            page.clock.fast_forward(SILENT)
        with page.expect_request("**/api/chat/events?after=*&wait=25"):
            page.clock.fast_forward(SILENT)
        gateway.call(gateway.services.relay.say(_session(page), Reply("par la voie longue")))
        expect(widget.messages.last).to_contain_text("par la voie longue")


def test_two_tabs_that_write_at_once_show_the_same_conversation(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    one = Widget(page).open()
    other_page = page.context.new_page()
    other_page.goto(gateway.url)
    two = Widget(other_page).open()
    page.evaluate(_SEND_ALL, [f"a{number}" for number in range(20)])
    other_page.evaluate(_SEND_ALL, [f"b{number}" for number in range(20)])
    for widget in (one, two):
        expect(widget.messages).to_have_count(81)
    assert one.texts() == two.texts()
    assert [text for text in one.texts() if text.startswith("a")] == [f"a{number}" for number in range(20)]


def test_erased_in_one_tab_it_is_gone_from_the_other(gateway: Gateway, page_at: PageAt) -> None:
    one, two = _two_tabs(gateway, page_at)
    _erase(one, two)
    two.say("de nouveau")
    expect(one.messages.last).to_contain_text("Vous avez dit : de nouveau")


def test_two_tabs_that_begin_again_at_once_lose_nothing_of_what_is_said(gateway: Gateway, page_at: PageAt) -> None:
    one, two = _two_tabs(gateway, page_at)
    one.page.evaluate(_SLOW_SESSIONS, 1000)
    two.page.evaluate(_SLOW_SESSIONS, 500)
    _erase(one, two)
    two.say("dit pendant que les deux recommencent")
    expect(one.messages).to_have_count(3)
    assert one.texts() == two.texts()


def test_a_session_that_is_over_is_replaced_and_the_message_goes_there(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("avant")
    gateway.call(gateway.services.chat.erase(_session(page)))
    expect(widget.panel.get_by_text("La conversation précédente a expiré")).to_be_visible()
    widget.say("après")
    assert _stored(gateway, page, "citizen") == ["après"]


def _two_tabs(gateway: Gateway, page_at: PageAt) -> tuple[Widget, Widget]:
    """One conversation in two tabs, with « à effacer » said in it."""
    page = page_at()
    page.goto(gateway.url)
    one = Widget(page).open()
    one.say("à effacer")
    other_page = page.context.new_page()
    other_page.goto(gateway.url)
    two = Widget(other_page).open()
    expect(two.messages).to_have_count(3)
    return one, two


def _erase(one: Widget, two: Widget) -> None:
    """Erased in the first tab, and seen to be gone in the second."""
    one.option("Effacer ma conversation")
    one.panel.get_by_role("button", name="Oui, effacer").click()
    expect(two.host.get_by_text("à effacer", exact=True)).to_have_count(0)


def _session(page: Page) -> str:
    return str(page.evaluate("JSON.parse(localStorage['parcours-metiers']).session_id"))


def _stored(gateway: Gateway, page: Page, author: str) -> list[str]:
    """What the database holds of that author, in order."""
    found, after = [], 0
    while (events := gateway.call(gateway.services.chat.events(_session(page), after))).messages:
        found += [message.text for message in events.messages if message.author == author]
        after = events.next
    return found
