"""The widget on pages of several manners: redrawn by a framework, swept by page-changing scripts, patched by old libraries."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget, host_site, script
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

_TAG = '<script async src="{base}/widget.js" data-site-key="essai"></script>'

# What Prototype 1.6, MooTools 1.2 and snippets of that time did to the language itself.
_PATCHED = """<!doctype html><html lang="fr"><head><title>Site de 2009</title><script>
Array.from = function (list) {{ return list ? [].slice.call(list) : []; }};
Array.prototype.find = function (text) {{ return this.indexOf(text) >= 0 ? [text] : false; }};
Array.prototype.entries = Array.prototype.toArray = function () {{ return this.slice(); }};
Array.prototype.toJSON = function () {{ return "[" + this.join() + "]"; }};
Array.prototype.remove = Array.prototype.clear = function () {{ this.length = 0; return this; }};
String.prototype.contains = String.prototype.strip = function () {{ return this; }};
Function.prototype.bind = function (owner) {{ var run = this; return function () {{ return run.apply(owner, arguments); }}; }};
Object.prototype.extend = function () {{ return this; }};
Object.keys = function (item) {{ var names = []; for (var name in item) names.push(name); return names; }};
HTMLElement.prototype.hide = HTMLElement.prototype.show = HTMLElement.prototype.update = function () {{ return this; }};
HTMLElement.prototype.remove = function () {{ this.parentNode.removeChild(this); return this; }};
document.getElementsByClassName = function () {{ return []; }};
window.$ = window.$$ = window.jQuery = function (id) {{ return typeof id === "string" ? document.getElementById(id) : id; }};
document.onkeydown = function (event) {{
  if (event.target.tagName !== "TEXTAREA") {{ window.shortcut = event.key; return false; }}
}};
</script></head><body><h1>Site de 2009</h1>""" + _TAG + "</body></html>"

# A framework that draws its page late, draws it again every 50 ms, and owns the element it draws.
_REDRAWN = """<!doctype html><html lang="fr"><head><title>Application</title></head><body><div id="app"></div>""" + _TAG + """
<script>
  let turn = 0, chat;
  const draw = () => {{
    const page = document.createElement("main");
    page.innerHTML = `<h1>Page ${{++turn}}</h1>`;
    chat ||= document.createElement("parcours-metiers-chat");
    chat.setAttribute("data-greeting", `Une question, page ${{Math.min(turn, 5)}} ?`);
    page.append(chat);
    document.getElementById("app").replaceChildren(page);
  }};
  setTimeout(() => {{ draw(); window.drawing = setInterval(draw, 50); }}, 300);
</script></body></html>"""

_PLAIN = "<!doctype html><html lang=\"fr\"><head><title>Site</title></head><body><h1>Site</h1>" + _TAG + "</body></html>"


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine follows the script."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


@pytest.fixture
def on(gateway: Gateway, page_at: PageAt) -> Iterator[Page]:
    """A page of another site; `on.goto("/…")` chooses how it is written."""
    arabic = _PLAIN.replace('lang="fr"', 'lang="ar" dir="rtl"')
    pages = {"/patched": _PATCHED, "/redrawn": _REDRAWN, "/plain": _PLAIN, "/arabic": arabic}
    with host_site({path: text.format(base=gateway.url) for path, text in pages.items()}) as site:
        yield page_at(base_url=site)


def test_natives_patched_by_old_libraries_change_nothing(on: Page) -> None:
    on.goto("/patched")
    widget = Widget(on).open()
    widget.say("cartes", "Voici des fiches")
    widget.option("Donner mon avis")
    widget.panel.get_by_label("4 – Utile").check()
    widget.panel.get_by_role("button", name="Envoyer mon avis").click()
    expect(widget.panel.get_by_text("Merci pour votre avis.")).to_be_attached()


def test_what_is_typed_is_no_shortcut_of_the_page(on: Page) -> None:
    on.goto("/patched")
    widget = Widget(on).open()
    widget.box.press_sequentially("/s")
    expect(widget.box).to_have_value("/s")
    assert on.evaluate("window.shortcut") is None


def test_a_framework_that_redraws_its_page_keeps_one_conversation(on: Page) -> None:
    on.goto("/redrawn")
    widget = Widget(on)
    expect(widget.launcher).to_have_text("Une question, page 5 ?")
    expect(widget.host).to_have_count(1)
    widget.host.evaluate("chat => chat.open({ focus: false })")
    expect(widget.messages).to_have_count(1)
    widget.host.evaluate("chat => chat.send('pendant que la page se redessine')")
    expect(widget.messages.last).to_contain_text("Vous avez dit : pendant")
    on.evaluate("clearInterval(window.drawing)")
    widget.say("la page est calme")
    expect(widget.messages).to_have_count(5)


def test_a_page_that_sweeps_its_body_away_gets_the_open_conversation_back(on: Page) -> None:
    on.goto("/plain")
    widget = Widget(on).open()
    widget.say("avant")
    on.evaluate("document.body.innerHTML = '<h1>Autre page</h1>'")
    expect(widget.panel).to_be_visible()
    widget.say("après")
    expect(widget.messages).to_have_count(5)


def test_on_a_page_written_from_right_to_left_the_chat_stays_french(on: Page) -> None:
    on.goto("/arabic")
    widget = Widget(on).open()
    expect(widget.panel).to_have_css("direction", "ltr")
    box = widget.panel.bounding_box()
    assert box is not None and box["x"] > 800  # on the right, as asked
    expect(widget.say("مرحبا", "مرحبا").locator(".bubble")).to_have_css("direction", "ltr")  # its first letters are French
    expect(widget.messages.nth(1).locator(".bubble")).to_have_css("direction", "rtl")


def test_removed_on_purpose_it_stays_away_and_asks_nothing(on: Page) -> None:
    on.goto("/plain")
    widget = Widget(on).open()
    expect(widget.messages).to_have_count(1)
    with on.expect_event("requestfailed", lambda request: "/api/chat/stream" in request.url):  # it hangs up
        on.evaluate("window.kept = document.querySelector('parcours-metiers-chat'); window.kept.remove()")
    asked: list[str] = []
    on.on("request", lambda request: asked.append(request.url))
    on.wait_for_timeout(1000)
    expect(widget.host).to_have_count(0)
    assert asked == []
    on.evaluate("document.body.append(window.kept)")
    widget.say("de retour")
