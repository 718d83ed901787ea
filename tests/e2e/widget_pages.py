"""What widget tests share: the script of the engine, host pages on another origin, and the widget as a person uses it."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Locator, Page, expect

from channels.messages import Card, QuickReply, Reply

SOURCE: dict[str, str | None] = {
    "name": "Région Normandie, 20 juin 2019", "url": "https://exemple.fr/source", "collected_on": "2026-11-24"}


def _card(kind: str, name: str, title: str, subtitle: str, source: dict[str, str | None] | None = None, **more: str) -> Card:
    return Card(kind, name, title, subtitle, "Une phrase.", f"/fiches/{kind}/{name}", source=source, **more)


CARDS = (
    _card("metier", "coiffeur", "Coiffeur / Coiffeuse", "Soins et beauté", SOURCE),
    _card("formation", "cap-patissier", "CAP Pâtissier", "niveau 3", SOURCE, level="diplome"),
    _card("service", "cafe-des-parents", "Le café des parents", ""),
    _card("dispositif", "vae", "La VAE", ""),
    _card("aide", "permis", "Aide au permis", "", {**SOURCE, "url": None}),
    _card("evenement", "salon", "Salon d’essai", "Rouen"),
    _card("structure", "accueil", "Accueil d’essai", "Vernon · 12 km"),
    _card("terme", "cfa", "CFA", "centre de formation d’apprentis"),
)
WORD = "Anticonstitutionnellement" * 12
_TWO_FRAMES = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"


def choices(*labels: str) -> tuple[QuickReply, ...]:
    """Buttons that say their label."""
    return tuple(QuickReply(label, {"text": label}) for label in labels)


def script(text: str) -> list[Reply]:
    """Cards for « cartes », one for « coiffure », sixty lines for « lignes », long words for « long »; an echo otherwise."""
    if "cartes" in text:
        return [Reply("Voici des fiches.", cards=CARDS, quick_replies=choices("La première", "Un autre lieu"))]
    if "coiff" in text:
        return [Reply("Coiffeur ou coiffeuse : couper et coiffer.\nOn y entre par un CAP.", cards=CARDS[:1],
                      quick_replies=choices("Comment y arriver", "Le salaire"))]
    if "lignes" in text:
        return [Reply("\n".join(f"ligne {number}" for number in range(60)), cards=CARDS[:1], quick_replies=choices("Oui"))]
    if "long" in text:
        return [Reply(f"{WORD}\nhttps://exemple.fr/{'a' * 200}")]
    return [Reply(f"Vous avez dit : {text}")]


class Widget:
    """The widget on a page, by what people see and hear of it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.host = page.locator("parcours-metiers-chat")
        self.launcher = self.host.locator("button.launch")
        self.panel = self.host.locator("section.panel")
        self.box = page.get_by_role("textbox", name="Votre message")
        self.messages = self.host.locator("ol.messages > li")

    def open(self) -> Widget:
        """Presses the button and waits for the greeting."""
        self.launcher.click()
        expect(self.messages.first).to_contain_text("assistant automatique")
        self.settle()
        return self

    def say(self, text: str, answer: str | None = None) -> Locator:
        """Sends a message and waits for the answer (the echo by default); gives the last message."""
        self.write(text)
        newest = self.host.locator("ol.messages > li:last-child:not(.citizen)")
        expect(newest).to_contain_text(answer or f"Vous avez dit : {text}")
        self.settle()
        return self.messages.last

    def write(self, text: str) -> None:
        """Sends a message and waits until the server has it: it is on screen before that."""
        self.box.fill(text)
        self.box.press("Enter")
        expect(self.host.locator(".pending")).to_have_count(0)

    def settle(self) -> None:
        """Waits until the view stands where it goes after the newest message."""
        self.page.evaluate(_TWO_FRAMES)

    @property
    def conversation(self) -> str:
        """The conversation's id, as this device keeps it."""
        return str(self.page.evaluate("JSON.parse(localStorage['parcours-metiers']).session_id"))

    def texts(self) -> list[str]:
        """The bubbles on screen, in order."""
        return self.host.locator("ol.messages > li .bubble").all_inner_texts()

    def option(self, name: str) -> None:
        """Chooses an entry of the options."""
        self.page.get_by_role("button", name="Options").click()
        self.host.locator(".menu").get_by_text(name).click()


@contextmanager
def host_site(pages: Mapping[str, str], headers: Mapping[str, str] | None = None) -> Iterator[str]:
    """Another site on another origin that serves these pages; gives its address."""
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = pages.get(self.path.split("?")[0])
            self.send_response(200 if body else 404)
            for name, value in {"Content-Type": "text/html; charset=utf-8", **(headers or {})}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *_: object) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("localhost", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
