"""The widget by keyboard, by ear, enlarged, in every mode: axe finds nothing, and what a screen reader says makes sense."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from channels.messages import Reply
from tests.e2e.axe import axe
from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget, script
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway
from tests.fixtures.html_checker import html_faults


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine follows the script."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


def _rates(widget: Widget) -> None:
    widget.panel.get_by_role("button", name="Donner mon avis").click()


def _in_distress(widget: Widget) -> None:
    widget.page.keyboard.press("Escape")
    widget.write("j'ai envie de mourir")
    expect(widget.messages.last).to_contain_text("3114")


def _cut_off(widget: Widget) -> None:
    widget.page.context.set_offline(True)
    widget.box.fill("hors ligne")
    widget.box.press("Enter")
    expect(widget.panel.get_by_text("Pas de connexion")).to_be_visible()


# What a person does, one after the other, to come from a state to the next.
STATES: dict[str, Callable[[Widget], object]] = {
    "closed": lambda widget: expect(widget.launcher).to_be_visible(),
    "greeting": Widget.open,
    "cards and choices": lambda widget: widget.say("cartes", "Voici des fiches"),
    "options": lambda widget: widget.page.get_by_role("button", name="Options").click(),
    "easy to read": lambda widget: widget.panel.get_by_label("Affichage facile à lire").check(),
    "rating": _rates,
    "urgent, queued": _in_distress,
    "offline": _cut_off,
}


@pytest.mark.parametrize(("width", "dark"), [(320, False), (320, True), (768, True), (1280, False)])
def test_axe_finds_nothing_in_any_state(gateway: Gateway, page_at: PageAt, width: int, dark: bool) -> None:
    page = page_at(width, 720, dark)
    page.goto(gateway.url)
    found = {}
    for state, reach in STATES.items():
        reach(Widget(page))
        found[state] = axe(page)
    assert {state: problems for state, problems in found.items() if problems} == {}


def test_the_widget_is_valid_html_in_any_state(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(768, 720)
    page.goto(gateway.url)
    found = {}
    for state, reach in STATES.items():
        reach(Widget(page))
        found[state] = str(Widget(page).host.evaluate("host => host.shadowRoot.innerHTML"))
    assert html_faults(found, fragment=True) == []


def _in_both_schemes(page: Page) -> dict[str, list[str]]:
    """What axe finds in light and in dark; empty is good."""
    found = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        found[scheme] = axe(page, colours=scheme == "dark")
    return {scheme: problems for scheme, problems in found.items() if problems}


@pytest.mark.parametrize("path", ["/", "/chat", "/fiches", "/fiches?q=apprentissage", "/fiches/dispositif/apprentissage",
                                  "/fiches/metier/nulle-part", "/donnees", "/accessibilite"])
def test_axe_finds_nothing_on_the_public_pages(gateway: Gateway, page_at: PageAt, path: str) -> None:
    page = page_at(400, 800)
    page.goto(gateway.url + path)
    assert _in_both_schemes(page) == {}


def test_every_colour_keeps_its_contrast(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(768, 720)
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("coiffure", "On y entre")
    for colour in ("bleu", "vert", "violet", "noir"):
        widget.host.evaluate("(host, colour) => host.dataset.colour = colour", colour)
        assert _in_both_schemes(page) == {}, colour


def test_an_answer_does_not_steal_the_focus_and_escape_gives_it_back(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page)
    widget.launcher.focus()
    page.keyboard.press("Enter")
    expect(widget.box).to_be_focused()
    expect(widget.messages).to_have_count(1)
    widget.say("coiffure", "On y entre")
    expect(widget.box).to_be_focused()
    for name in ("Parler à un conseiller", "Le salaire"):
        page.keyboard.press("Shift+Tab")
        assert _focused(page) == name
    page.keyboard.press("Enter")
    expect(widget.messages.last).to_contain_text("Vous avez dit : Le salaire")
    expect(widget.box).to_be_focused()
    page.keyboard.press("Escape")
    expect(widget.panel).to_be_hidden()
    assert _focused(page) == "Posez votre question"


def test_over_the_whole_screen_tab_stays_in_the_chat(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(320, 640)
    page.goto(gateway.url)
    widget = Widget(page).open()
    assert widget.panel.get_attribute("aria-modal") == "true"
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.localName") == "parcours-metiers-chat"


def test_escape_closes_the_innermost_first(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    page.get_by_role("button", name="Options").click()
    page.keyboard.press("Escape")
    expect(widget.host.locator(".menu")).to_be_hidden()
    assert _focused(page) == "Options"
    widget.option("Effacer ma conversation")
    page.keyboard.press("Escape")
    expect(widget.panel.get_by_text("Effacer toute la conversation ?")).to_be_hidden()
    expect(widget.panel).to_be_visible()


def test_a_screen_reader_hears_each_new_message_once_and_never_the_history(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("bonjour")
    page.reload()
    widget.open()
    expect(widget.messages).to_have_count(3)
    widget.host.evaluate(_RECORD_LIVE)
    for word in ("encore", "toujours"):
        widget.say(word)
    assert page.evaluate("window.heard") == [f"Assistant : Vous avez dit : {word}" for word in ("encore", "toujours")]


def test_the_tree_reads_like_a_conversation(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("coiffure", "On y entre")
    expect(widget.panel).to_match_aria_snapshot(_TREE)


@pytest.mark.parametrize(("width", "height"), [(320, 256), (640, 400), (320, 640)], ids=["400%", "200%", "phone"])
def test_enlarged_nothing_is_cut_and_nothing_scrolls_sideways(gateway: Gateway, page_at: PageAt, width: int, height: int) -> None:
    page = page_at(width, height)
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("un mot long", "Anticonstitutionnellement")
    for element in (".panel", ".scroll"):
        assert widget.host.locator(element).evaluate("item => item.scrollWidth - item.clientWidth") <= 0
    widget.box.scroll_into_view_if_needed()
    expect(widget.box).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("path", ["/", "/fiches/dispositif/apprentissage", "/donnees", "/fiches?q=apprentissage"])
def test_public_pages_hold_in_320_pixels(gateway: Gateway, page_at: PageAt, path: str) -> None:
    page = page_at(320, 256)
    page.goto(gateway.url + path)
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def test_every_target_is_large_enough_for_a_thumb(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(320, 640)
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("cartes", "Voici des fiches")
    page.get_by_role("button", name="Options").click()
    small = widget.panel.evaluate("""panel => [...panel.querySelectorAll("button, textarea, .links a, .menu label")]
        .filter(item => item.getClientRects().length).map(item => [item.textContent, item.getBoundingClientRect()])
        .filter(([, box]) => box.height < 43.9 || box.width < 43.9).map(([text]) => text)""")
    assert small == []


def test_a_keyboard_on_the_screen_leaves_the_box_in_sight(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(390, 844, touch=True)
    page.goto(gateway.url)
    widget = Widget(page).open()
    page.evaluate("""() => {
        Object.defineProperty(visualViewport, "height", { value: 400 });
        visualViewport.dispatchEvent(new Event("resize"));
    }""")
    box = widget.box.bounding_box()
    assert box is not None and box["y"] + box["height"] <= 400
    expect(widget.messages.first).to_be_in_viewport()


def test_another_direction_of_writing_is_kept(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("مرحبا", "مرحبا")
    expect(widget.messages.nth(1).locator(".bubble")).to_have_css("direction", "rtl")


def test_reduced_motion_and_forced_colours_are_obeyed(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(forced_colors="active", reduced_motion="reduce")
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("coiffure", "On y entre")
    assert widget.host.locator(".typing").evaluate("item => getComputedStyle(item, '::before').animationName") == "none"
    assert widget.host.locator(".bubble").first.evaluate("item => getComputedStyle(item).borderTopWidth") == "1px"


def test_answers_are_read_aloud_only_when_asked(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at()
    page.add_init_script("window.spoken = []; speechSynthesis.speak = (words) => window.spoken.push(words.text)")
    page.goto(gateway.url)
    widget = Widget(page).open()
    widget.say("un")
    widget.option("Lire les réponses à voix haute")
    page.keyboard.press("Escape")
    widget.say("deux")
    assert page.evaluate("window.spoken") == ["Vous avez dit : un", "Vous avez dit : deux"]  # the last answer, then each new one


def test_a_long_answer_is_read_from_its_beginning_with_its_question_in_sight(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(400, 600)
    page.goto(gateway.url)
    widget = Widget(page).open()
    last = widget.say("soixante lignes", "ligne 59")
    expect(widget.messages.nth(1)).to_be_in_viewport()
    expect(last.get_by_text("ligne 0", exact=True)).to_be_in_viewport()


def test_what_an_advisor_says_comes_into_view(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(400, 600)
    page.goto(gateway.url)
    widget = Widget(page).open()
    conversation = widget.conversation
    for number in range(8):
        gateway.call(gateway.services.relay.say(conversation, Reply(f"nouvelle {number}")))
        expect(widget.messages.last).to_contain_text(f"nouvelle {number}")
    expect(widget.messages.last).to_be_in_viewport()


def test_who_reads_further_up_is_not_moved_and_is_told_of_news(gateway: Gateway, page_at: PageAt) -> None:
    page = page_at(400, 600)
    page.goto(gateway.url)
    widget = Widget(page).open()
    conversation = widget.conversation
    widget.say("soixante lignes", "ligne 59")
    widget.host.locator(".scroll").evaluate("view => view.scrollTop = 300")
    gateway.call(gateway.services.relay.say(conversation, Reply("une nouvelle")))
    page.get_by_role("button", name="Nouveaux messages").click()
    expect(widget.messages.last).to_be_in_viewport()


_TREE = """
- dialog "Parcours-Métiers":
  - heading "Parcours-Métiers" [level=2]
  - button "Options"
  - button "Fermer la conversation"
  - paragraph: Assistant automatique et conseillers
  - region "Conversation":
    - paragraph:
      - text: /Vos messages servent à vous répondre/
      - link "En savoir plus sur vos données (nouvelle fenêtre)"
    - list:
      - listitem:
        - paragraph:
          - text: /Parcours-Métiers/
          - time
        - paragraph: /assistant automatique/
      - listitem:
        - paragraph:
          - text: /Vous/
          - time
        - paragraph: coiffure
      - listitem:
        - paragraph:
          - text: /Assistant/
          - time
        - paragraph: "Coiffeur ou coiffeuse : couper et coiffer."
        - paragraph: On y entre par un CAP.
        - list:
          - listitem:
            - article:
              - heading "Coiffeur / Coiffeuse" [level=3]
              - paragraph:
                - 'link "Lire la fiche : Coiffeur / Coiffeuse (nouvelle fenêtre)"'
        - list "2 réponses proposées":
          - listitem:
            - button "Comment y arriver"
          - listitem:
            - button "Le salaire"
  - text: Votre message
  - button "Parler à un conseiller"
  - textbox "Votre message"
  - button "Envoyer"
"""
_RECORD_LIVE = """host => {
  window.heard = [];
  const live = host.shadowRoot.querySelector("[aria-live=polite].sr");
  const hear = (change) => change.addedNodes.forEach((node) => window.heard.push(node.textContent));
  new MutationObserver((changes) => changes.forEach(hear)).observe(live, { childList: true });
}"""


def _focused(page: Page) -> str:
    """The text of what has the focus, inside shadow roots too."""
    return str(page.evaluate("""() => {
        let item = document.activeElement;
        while (item.shadowRoot?.activeElement) item = item.shadowRoot.activeElement;
        return item.textContent.trim();
    }"""))
