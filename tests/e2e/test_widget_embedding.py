"""The widget on other people's pages: hostile ones, a strict policy, its JavaScript API, who may embed it, a pinned version."""

from __future__ import annotations

import gzip
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget, host_site, script
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

HOSTILE = """<!doctype html><html><head><title>Site hôte</title>
<style>* {{ all: unset !important; }} button, section, ol, li, p, textarea {{ display: none !important; color: red !important;
 font-size: 2px !important; }} parcours-metiers-chat {{ display: none !important; position: static !important }}
 div {{ transform: scale(2) }}</style>
<script>
  // What libraries of 2009 did to every page.
  Array.prototype.toJSON = function () {{ return "cassé"; }};
  Array.prototype.each = function () {{}}; Object.prototype.surplus = "hérité"; String.prototype.strip = function () {{}};
  window.$ = window.jQuery = function () {{ throw new Error("jQuery"); }};
</script></head><body><h1>Site hôte</h1><p id=before>texte</p>
<script async src="{base}/widget.js" data-site-key="essai"></script></body></html>"""
STRICT = ("default-src 'none'; script-src {base}; connect-src {base}; style-src 'none'; img-src 'none'; "
          "require-trusted-types-for 'script'; base-uri 'none'")
PLAIN = """<!doctype html><html lang=fr><head><title>Site</title></head><body><main><h1>Site</h1><p>Un texte.</p></main>
<script async src="{base}/widget.js" data-site-key="essai" {more}></script></body></html>"""

_RECORD_SHIFTS = """window.moved = []; new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) for (const { node } of entry.sources)
    if (document.querySelector("main").contains(node)) window.moved.push(node.textContent);
}).observe({ type: "layout-shift", buffered: true })"""


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine follows the script."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


def test_a_hostile_page_changes_nothing_in_the_widget(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    with host_site({"/": HOSTILE.format(base=gateway.url)}) as site:
        page.goto(site)
        widget = Widget(page)
        expect(widget.launcher).to_be_visible()
        widget.open()
        widget.say("cartes", "Voici des fiches")
        widget.messages.last.get_by_role("button", name="La première").click()
        expect(widget.messages.last).to_contain_text("Vous avez dit : La première")
        style = widget.box.evaluate("box => { const s = getComputedStyle(box); return [s.display, s.fontSize, s.color]; }")
        assert style[0] != "none" and style[1] == "16px" and style[2] != "rgb(255, 0, 0)"
        assert widget.host.evaluate("host => getComputedStyle(host).position") == "fixed"


def test_it_works_under_a_strict_policy_and_asks_nothing_of_anybody_else(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    asked: list[str] = []
    refused: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
    policy = {"Content-Security-Policy": STRICT.format(base=gateway.url)}
    with host_site({"/": PLAIN.format(base=gateway.url, more=""), "/favicon.ico": "x"}, policy) as site:
        page.goto(site)
        Widget(page).open().say("bonjour")
        page.wait_for_load_state("load")
        assert {url for url in asked if not url.startswith((gateway.url, site))} == set()
        assert [text for text in refused if "favicon" not in text] == []
        assert page.context.cookies() == []


def test_the_page_s_globals_and_layout_stay_as_they_were(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    bare = PLAIN.format(base="http://localhost:1", more="")
    with host_site({"/": PLAIN.format(base=gateway.url, more=""), "/bare": bare}) as site:
        page.goto(f"{site}/bare")
        before = set(page.evaluate("Object.getOwnPropertyNames(window)"))
        place = page.locator("main p").bounding_box()
        page.goto(site)
        page.evaluate(_RECORD_SHIFTS)
        Widget(page).open().say("bonjour")
        after = set(page.evaluate("Object.getOwnPropertyNames(window)")) - {"moved"}
        assert after - before <= {"0"}
        assert page.locator("main p").bounding_box() == place and page.evaluate("window.moved") == []


def test_the_site_chooses_side_colour_and_greeting(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    more = 'data-position="left" data-colour="violet" data-greeting="Une question sur l’apprentissage ?"'
    with host_site({"/": PLAIN.format(base=gateway.url, more=more)}) as site:
        page.goto(site)
        widget = Widget(page)
        expect(widget.launcher).to_have_text("Une question sur l’apprentissage ?")
        box = widget.launcher.bounding_box()
        assert box is not None and box["x"] < 100
        assert widget.launcher.evaluate("item => getComputedStyle(item).backgroundColor") == "rgb(84, 48, 125)"


@pytest.mark.parametrize(("written", "told", "words"), [
    ('<html lang="en"', "en", "This chat is in French only."),
    ('<html lang="fr" data-x', "ar", "بالفرنسية فقط"),
    ('<html lang="constructor"', "en", "This chat is in French only."),
], ids=["of the page", "of the attribute", "of none"])
def test_a_page_in_another_language_is_told_that_the_chat_is_french(
        gateway: Gateway, page_at: PageAt, written: str, told: str, words: str) -> None:
    page = page_at()
    more = f'data-greeting="?" {"data-language=ar-DZ" if told == "ar" else ""}'
    with host_site({"/": PLAIN.format(base=gateway.url, more=more).replace("<html lang=fr", written)}) as site:
        page.goto(site)
        widget = Widget(page).open()
        sentence = widget.panel.locator(".foreign")
        expect(sentence).to_contain_text(words)
        expect(sentence).to_have_attribute("lang", told)
        expect(widget.host).to_have_attribute("lang", "fr")
        assert widget.launcher.get_attribute("lang") in {told, "ar-DZ", "constructor"}


def test_a_french_page_is_told_nothing_about_languages(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    expect(widget.panel.locator(".foreign")).to_have_count(0)


def test_the_javascript_api_opens_sends_tells_and_closes(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    heard = page.evaluate("""async () => {
        await customElements.whenDefined("parcours-metiers-chat");
        const chat = document.querySelector("parcours-metiers-chat"), heard = [];
        document.addEventListener("parcours:open", () => heard.push("DOM event open"));
        for (const name of ["open", "close", "mode"]) chat.on(name, (detail) => heard.push([name, detail]));
        const answered = new Promise((resolve) => chat.on("message", (message) => message.author === "bot" && resolve(message)));
        await chat.send("par le script");
        const message = await answered;
        const stop = chat.on("close", () => heard.push("never"));
        stop();
        chat.close();
        return [...heard, message.text];
    }""")
    assert "DOM event open" in heard and ["open", None] in heard and ["mode", "bot"] in heard
    assert heard[-1] == "Vous avez dit : par le script" and ["close", None] in heard and "never" not in heard


def test_the_script_twice_on_a_page_makes_one_widget(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    twice = PLAIN.format(base=gateway.url, more="") + f'<script src="{gateway.url}/widget.js"></script>'
    with host_site({"/": twice}) as site:
        page.goto(site)
        expect(Widget(page).launcher).to_have_count(1)


def test_as_a_module_it_finds_its_own_server_and_not_that_of_another_widget(gateway: Gateway, page_at: PageAt) -> None:
    head = '<script src="/autre/widget.js"></script>'
    body = f'<script type="module" src="{gateway.url}/widget.js" data-greeting="Une question ?"></script>'
    page_of_the_site = f"<!doctype html><html lang=fr><head>{head}</head><body>{body}</body></html>"
    with host_site({"/": page_of_the_site, "/autre/widget.js": ";"}) as site:
        page = page_at()
        page.goto(site)
        widget = Widget(page).open()
        expect(widget.host).to_have_attribute("data-greeting", "Une question ?")


def test_a_site_that_is_not_allowed_says_so(page_at: PageAt, tmp_path_factory: pytest.TempPathFactory) -> None:
    page = page_at()
    allowed = "essai=https://www.exemple.fr"
    with running_gateway(tmp_path_factory.mktemp("state"), widget_origins=allowed) as guarded, \
            host_site({"/": PLAIN.format(base=guarded.url, more="")}) as site:
        page.goto(site)
        widget = Widget(page)
        widget.launcher.click()
        expect(widget.panel.get_by_text("Ce site n'est pas autorisé à afficher ce chat.")).to_be_visible()
        assert page.evaluate("localStorage.length") == 0


def test_a_pinned_version_is_checked_to_its_last_module(gateway: Gateway, page_at: PageAt) -> None:
    pin = httpx.get(f"{gateway.url}/widget.json").json()
    tag = f'<script async crossorigin="anonymous" src="{pin["src"]}" integrity="{pin["integrity"]}"></script>'
    with host_site({"/": f"<!doctype html><title>Site</title><body>{tag}"}) as site:
        page = page_at()
        page.goto(site)
        Widget(page).open().say("bonjour")

        tampered = page_at()
        tampered.route("**/dom.js", lambda route: route.fulfill(body="export const h = 1;", content_type="text/javascript",
                                                                headers={"access-control-allow-origin": "*"}))
        tampered.goto(site)
        widget = Widget(tampered)
        widget.launcher.click()
        expect(widget.host.get_by_role("status").filter(has_text="La conversation ne s’ouvre pas")).to_be_visible()


def test_an_earlier_pinned_version_is_still_served(gateway: Gateway) -> None:
    kept = gateway.settings.state_dir / "widget" / ("0" * 16)
    kept.mkdir(parents=True)
    (kept / "panel.js").write_text("/* avant */")
    answer = httpx.get(f"{gateway.url}/widget/{'0' * 16}/panel.js")
    assert answer.text == "/* avant */" and "immutable" in answer.headers["cache-control"]
    assert httpx.get(f"{gateway.url}/widget/{'1' * 16}/panel.js").status_code == 404
    assert httpx.get(f"{gateway.url}/widget/v1/..%2f..%2fassets.py").status_code == 404


def test_the_conversation_opens_again_after_a_failed_download(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.route("**/files.json", lambda route: route.abort())
    page.goto(gateway.url)
    widget = Widget(page)
    widget.launcher.click()
    expect(widget.host.get_by_role("status").filter(has_text="La conversation ne s’ouvre pas")).to_be_visible()
    page.unroute("**/files.json")
    widget.open()


def test_the_loader_fits_in_three_kilobytes_and_the_whole_in_thirty(gateway: Gateway) -> None:
    files = httpx.get(f"{gateway.url}/widget/v1/files.json").json()
    loader = len(gzip.compress(httpx.get(f"{gateway.url}/widget.js").content, 9))
    modules = [len(gzip.compress(httpx.get(f"{gateway.url}/widget/v1/{name}").content, 9)) for name in files]
    assert loader <= 3072
    assert loader + sum(modules) <= 30 * 1024


def test_files_are_cached_and_shared_as_they_should(gateway: Gateway) -> None:
    fresh = httpx.get(f"{gateway.url}/widget.js")
    assert "max-age=300" in fresh.headers["cache-control"]
    assert fresh.headers["access-control-allow-origin"] == "*" and fresh.headers["cross-origin-resource-policy"] == "cross-origin"
    again = httpx.get(f"{gateway.url}/widget.js", headers={"If-None-Match": fresh.headers["etag"]})
    assert again.status_code == 304 and not again.content
