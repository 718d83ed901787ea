"""Script in every field that a person, an advisor, a sheet or a site can fill: it is shown as text and never runs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from channels.messages import Card, QuickReply, Reply
from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget, host_site
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

EVIL = "<img src=x onerror=\"window.ran=1\"><script>window.ran=1</script>'\"><svg onload=window.ran=1>"
ADDRESS = "javascript:window.ran=1"


def card(**fields: object) -> Card:
    """A sheet whose every field holds script; `fields` replace some."""
    source = {"name": EVIL, "url": ADDRESS, "collected_on": EVIL}
    values = {"kind": "metier", "id": EVIL, "title": EVIL, "subtitle": EVIL, "text": EVIL, "url": ADDRESS, "rome": (EVIL,)}
    return Card(**{**values, "source": source, **fields})  # type: ignore[arg-type]


def script(text: str) -> list[Reply]:
    """Everything that an action may return, filled with script."""
    relative = card(source={"name": EVIL, "url": f"//{EVIL}", "collected_on": None}, url=f"/{EVIL}")
    cards = (card(), card(kind=EVIL, source=None), relative)
    return [Reply(f"{EVIL}\n{text}\nhttps://exemple.fr/{EVIL}", cards=cards, quick_replies=(QuickReply(EVIL, {"text": EVIL}),))]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose every answer holds script."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


def _nothing_ran(page: Page, widget: Widget) -> None:
    assert page.evaluate("window.ran") is None
    active = "img, script, svg, iframe, [onerror], [onload]"
    assert widget.host.evaluate("(host, active) => host.shadowRoot.querySelectorAll(active).length", active) == 0
    hrefs = widget.host.evaluate("host => [...host.shadowRoot.querySelectorAll('a')].map(link => link.protocol)")
    assert set(hrefs) <= {"http:", "https:"}


def test_a_sheet_full_of_script_is_only_text(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    last = widget.say(EVIL, EVIL)
    expect(last.locator(".card")).to_have_count(3)
    expect(last.get_by_role("heading").first).to_have_text(EVIL)
    _nothing_ran(page, widget)
    last.locator(".choices button").click()
    expect(widget.messages.nth(3)).to_contain_text(EVIL)
    _nothing_ran(page, widget)


def test_an_advisor_named_and_writing_script_is_only_text(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.panel.get_by_role("button", name="Parler à un conseiller").click()
    expect(widget.panel.get_by_role("button", name="Ne plus attendre").last).to_be_visible()
    who = gateway.advisor("<svg/onload=window.ran=1> Martin")
    conversation = widget.conversation
    case = gateway.call(gateway.services.cases.find_by_conversation(conversation))
    assert case is not None
    gateway.call(gateway.services.cases.claim(who, case))
    gateway.call(gateway.services.cases.reply(who, case, EVIL))
    expect(widget.messages.last.locator(".bubble")).to_have_text(EVIL)
    expect(widget.messages.last.locator(".who")).to_contain_text("<svg/onload=window.ran=1>")
    _nothing_ran(page, widget)


def test_a_site_s_attributes_and_address_are_only_text(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    quoted = EVIL.replace('"', "&quot;")
    attributes = f'data-site-key="essai" data-greeting="{quoted}" data-colour="{quoted}" data-position="{quoted}"'
    tag = f'<!doctype html><title>Site</title><body><script async src="{gateway.url}/widget.js" {attributes}></script>'
    with host_site({"/": tag}) as site:
        page.goto(f"{site}/?q=<script>window.ran=1</script>#<img src=x onerror=window.ran=1>")
        widget = Widget(page)
        expect(widget.launcher).to_contain_text("<img src=x")
        widget.open()
        _nothing_ran(page, widget)


def test_a_kept_session_that_was_tampered_with_is_replaced(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    page.evaluate("evil => localStorage['parcours-metiers'] = JSON.stringify({token: evil, expires_at: '2999-01-01'})", EVIL)
    widget = Widget(page).open()
    expect(widget.messages).to_have_count(1)
    _nothing_ran(page, widget)
