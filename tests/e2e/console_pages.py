"""An advisor's browser at the console, and citizens that tests speak for."""

from __future__ import annotations

import uuid
from dataclasses import dataclass

from playwright.sync_api import Locator, Page, expect

from channels.messages import Card, Incoming, QuickReply, Reply
from tests.fixtures.gateway import Gateway

PASSWORD = "un mot de passe assez long"
HAIRDRESSER = Card("metier", "coiffeur", "Coiffeur / Coiffeuse", "Beauté et bien-être",
                   "Coupe, coiffe et conseille les clients d'un salon.", "/fiches/metier/coiffeur", ("D1202",),
                   {"name": "ROME, France Travail", "url": None, "collected_on": "2026-11-01"})


def answers(text: str) -> list[Reply]:
    """A sheet with buttons for « coiffeuse », an echo for the rest."""
    if "coiff" in text:
        return [Reply("Voici la fiche du métier.", cards=(HAIRDRESSER,), topic=2,
                      quick_replies=(QuickReply("Quelles formations ?", {"text": "formations"}),))]
    return [Reply(f"Vous avez dit : {text}", topic=1)]


@dataclass
class Citizen:
    """A person who writes by chat, or by SMS when they have a number."""

    gateway: Gateway
    token: str = ""
    number: str = ""
    conversation: str = ""

    def says(self, text: str) -> None:
        """Writes."""
        key = str(uuid.uuid4())
        said = (Incoming("sms", text, sender=self.number, provider_id=key) if self.number
                else Incoming("web", text, token=self.token, client_id=key))
        self.conversation = self.gateway.call(self.gateway.services.relay.receive(said)).conversation_id

    def reads(self) -> list[str]:
        """Everything that was written to and by them."""
        found = self.gateway.call(self.gateway.services.chat.events(self.conversation))
        return [message.text for message in found.messages]

    def asks_for_a_person(self, question: str = "comment devenir coiffeuse ?") -> int:
        """Asks, then wants a person; gives the case's number."""
        self.says(question)
        self.says("je veux parler à un conseiller")
        case_id = self.gateway.call(self.gateway.services.cases.find_by_conversation(self.conversation))
        assert case_id is not None
        return case_id


def citizen(gateway: Gateway, number: str = "") -> Citizen:
    """Somebody new."""
    token = "" if number else gateway.call(gateway.services.chat.open_session()).token
    return Citizen(gateway, token, number)


def account(gateway: Gateway, name: str, role: str = "conseiller", team: str | None = None) -> str:
    """A colleague with a password; gives the address."""
    email = f"{name.split()[0].lower()}-{uuid.uuid4().hex[:6]}@exemple.fr"

    async def make() -> None:
        secret = await gateway.services.accounts.create(email, role, name=name, team=team)
        await gateway.services.accounts.set_password(secret, PASSWORD)

    gateway.call(make())
    return email


class Console:
    """One browser at the console."""

    def __init__(self, gateway: Gateway, page: Page) -> None:
        self.gateway, self.page = gateway, page

    def log_in(self, email: str) -> None:
        """By the form."""
        self.page.goto(f"{self.gateway.url}/console/")
        self.page.get_by_label("Adresse e-mail").fill(email)
        self.page.get_by_label("Mot de passe").fill(PASSWORD)
        self.page.get_by_role("button", name="Se connecter").click()
        expect(self.page.get_by_role("button", name="Se déconnecter")).to_be_visible()

    def open(self, path: str = "/console/") -> None:
        """A page, once its script handles what is pressed."""
        self.page.goto(self.gateway.url + path)
        expect(self.page.locator("body[data-ready]")).to_be_attached()

    def claim(self) -> None:
        """Takes the open case: the page that comes back has the reply box."""
        self.page.get_by_role("button", name="Prendre la demande").click()
        self.page.wait_for_url("**/console/cases/*?*repondre=1*")
        expect(self.page.locator("body[data-ready]")).to_be_attached()

    def row(self, case_id: int) -> Locator:
        """A case in the list."""
        return self.page.locator(f"#case-{case_id}")

    @property
    def messages(self) -> Locator:
        """The conversation's lines."""
        return self.page.locator("#messages > li")

    @property
    def box(self) -> Locator:
        """The reply box."""
        return self.page.get_by_role("textbox", name="Votre réponse")

    @property
    def banner(self) -> Locator:
        """The sentence on top."""
        return self.page.locator("main > .banner")
