"""A whole visit with the keyboard alone, and what a screen reader finds in each state of the conversation."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from channels.messages import Incoming
from tests.e2e.axe import axe
from tests.e2e.conftest import PageAt
from tests.e2e.widget_pages import Widget, script
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

_FOCUSED = """() => {
    let item = document.activeElement;
    while (item.shadowRoot?.activeElement) item = item.shadowRoot.activeElement;
    return (item.labels?.[0] || item).textContent.trim();
}"""


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway whose engine follows the script."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


@pytest.fixture
def page(gateway: Gateway, page_at: PageAt) -> Page:
    """The demonstration page."""
    opened = page_at()
    opened.goto(gateway.url)
    return opened


def _tab_to(page: Page, name: str, key: str = "Tab") -> None:
    """Presses Tab until that control has the focus."""
    for _ in range(40):
        if str(page.evaluate(_FOCUSED)).startswith(name):
            return
        page.keyboard.press(key)
    raise AssertionError(f"{name} cannot be reached with {key}")


def test_a_whole_visit_by_keyboard_alone(page: Page) -> None:
    widget, keys = Widget(page), page.keyboard
    _tab_to(page, "Posez votre question")
    keys.press("Enter")
    expect(page.get_by_role("button", name="Parent")).to_be_visible()
    expect(widget.box).to_be_focused()
    _tab_to(page, "Parent", "Shift+Tab")
    keys.press("Space")
    _tab_to(page, "C’est quoi le café des parents ?")
    keys.press("Enter")
    expect(widget.messages).to_have_count(3)
    expect(widget.box).to_be_focused()

    _tab_to(page, "Options", "Shift+Tab")
    keys.press("Enter")
    _tab_to(page, "Affichage facile à lire")
    keys.press("Space")
    expect(widget.panel).to_have_class("panel easy")
    _tab_to(page, "Donner mon avis")
    keys.press("Enter")
    keys.press("Space")
    for _ in range(3):
        keys.press("ArrowRight")
    assert page.evaluate(_FOCUSED) == "4 – Utile"
    keys.press("Enter")
    expect(widget.panel.get_by_text("Merci pour votre avis.")).to_be_attached()
    expect(widget.box).to_be_focused()

    _tab_to(page, "Parler à un conseiller", "Shift+Tab")
    keys.press("Enter")
    expect(widget.panel.get_by_role("status").filter(has_text="Un conseiller va vous répondre")).to_be_visible()
    _tab_to(page, "Ne plus attendre", "Shift+Tab")
    keys.press("Enter")
    expect(widget.messages.last).to_contain_text("retire votre demande")

    _tab_to(page, "Options", "Shift+Tab")
    keys.press("Enter")
    _tab_to(page, "Effacer ma conversation")
    keys.press("Enter")
    assert page.evaluate(_FOCUSED) == "Oui, effacer"
    keys.press("Enter")
    expect(widget.messages).to_have_count(1)
    keys.press("Escape")
    assert page.evaluate(_FOCUSED) == "Posez votre question"


def test_who_waits_and_who_answers_can_be_heard(page: Page, gateway: Gateway) -> None:
    widget = Widget(page).open()
    widget.panel.get_by_role("button", name="Parler à un conseiller").click()
    expect(widget.panel).to_match_aria_snapshot("""
- dialog "Parcours-Métiers":
  - status: Un conseiller va vous répondre ici. Vous êtes la prochaine personne.
  - button "Ne plus attendre"
  - textbox "Votre message"
""")
    conversation = widget.conversation
    who = gateway.advisor("Camille Martin")
    case = gateway.call(gateway.services.cases.find_by_conversation(conversation))
    assert case is not None
    gateway.call(gateway.services.cases.claim(who, case))
    reply = gateway.call(gateway.services.cases.reply(who, case, "Bonjour, que cherchez-vous ?"))
    widget.write("un stage")
    expect(widget.messages.last).to_contain_text("un stage")
    gateway.call(gateway.services.chat.seen(conversation, reply.seq + 1, "advisor"))
    expect(widget.panel).to_match_aria_snapshot("""
- dialog "Parcours-Métiers":
  - status: Vous parlez avec Camille, de l’équipe Parcours-Métiers.
  - region "Conversation":
    - list:
      - listitem:
        - paragraph:
          - text: /Camille/
          - time
        - paragraph: Bonjour, que cherchez-vous ?
      - listitem:
        - paragraph:
          - text: /Vous/
          - time
        - paragraph: un stage
        - paragraph: Lu
""")
    assert axe(page) == []


def test_the_options_and_the_rating_can_be_heard(page: Page) -> None:
    widget = Widget(page).open()
    page.get_by_role("button", name="Options").click()
    expect(widget.panel).to_match_aria_snapshot("""
- dialog "Parcours-Métiers":
  - button "Options" [expanded]
  - list:
    - listitem:
      - checkbox "Affichage facile à lire"
    - listitem:
      - checkbox "Lire les réponses à voix haute"
    - listitem:
      - button "Recevoir un résumé par SMS"
    - listitem:
      - button "Copier la conversation"
    - listitem:
      - button "Télécharger la conversation"
    - listitem:
      - button "Imprimer"
    - listitem:
      - button "Donner mon avis"
    - listitem:
      - button "Effacer ma conversation"
""")
    widget.panel.get_by_role("button", name="Donner mon avis").click()
    expect(widget.panel).to_match_aria_snapshot("""
- dialog "Parcours-Métiers":
  - group "Cette conversation vous a-t-elle aidé ?":
    - radio "1 – Pas du tout utile"
    - radio "2 – Peu utile"
    - radio "3 – Moyen"
    - radio "4 – Utile"
    - radio "5 – Très utile"
  - textbox "Un mot de plus (facultatif)"
  - button "Envoyer mon avis"
  - button "Annuler"
""")


def test_three_hundred_messages_are_read_back_once_and_in_order(page: Page, gateway: Gateway) -> None:
    widget = Widget(page).open()
    conversation = widget.conversation
    widget.launcher.evaluate("button => button.getRootNode().host.close()")

    async def talk() -> None:
        for number in range(150):
            message = Incoming("web", f"question {number}", conversation_id=conversation, client_id=f"q{number}")
            await gateway.services.relay.receive(message)

    gateway.call(talk())
    page.reload()
    widget.launcher.click()
    expect(widget.messages).to_have_count(301)
    seqs = widget.messages.evaluate_all("items => items.map((item) => Number(item.dataset.seq))")
    assert seqs == list(range(1, 302))
    expect(widget.messages.last).to_be_in_viewport()
    assert widget.panel.evaluate("panel => panel.scrollWidth <= panel.clientWidth")
    widget.say("et encore une")
