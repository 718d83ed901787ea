"""One gateway for the module's tests; each test talks in conversations of its own."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import uuid4

import httpx
import pytest

from channels.messages import Card, QuickReply, Reply
from tests.fixtures.fake_engine import ScriptedEngine
from tests.fixtures.gateway import Gateway, running_gateway

CARD = Card("metier", "coiffeur", "Coiffeur / Coiffeuse", "Soins", "Couper et coiffer.", "/fiches/metier/coiffeur", ("D1202",))


def script(text: str) -> list[Reply]:
    """Cards and buttons for « coiffure », an echo otherwise."""
    if "coiff" in text:
        pay = QuickReply("Le salaire", {"intent": "question", "slots": {"point": "pay"}})
        return [Reply("Voici la fiche.", cards=(CARD,), quick_replies=(pay,))]
    return [Reply(f"Vous avez dit : {text}")]


@pytest.fixture(scope="module")
def gateway(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gateway]:
    """A gateway without rate limits."""
    with running_gateway(tmp_path_factory.mktemp("state"), ScriptedEngine(script)) as running:
        yield running


class Citizen:
    """One conversation by HTTP."""

    def __init__(self, base: str, headers: dict[str, str] | None = None, **session: str) -> None:
        self.http = httpx.Client(base_url=base, headers=headers, timeout=30)
        opened = self.http.post("/api/chat/sessions", json=session)
        opened.raise_for_status()
        self.session = opened.json()
        self.http.headers["Authorization"] = f"Bearer {self.session['token']}"

    @property
    def id(self) -> str:
        """The conversation's id."""
        return str(self.session["session_id"])

    def send(self, key: str | None = None, **body: str) -> httpx.Response:
        """Sends {text} or {action}."""
        return self.http.post("/api/chat/messages", json=body, headers={"Idempotency-Key": key or str(uuid4())})

    def events(self, after: int = 0, **query: object) -> dict[str, object]:
        """GET events."""
        answer = self.http.get("/api/chat/events", params={"after": after, **query})
        answer.raise_for_status()
        return dict(answer.json())


@pytest.fixture
def citizen(gateway: Gateway) -> Citizen:
    """Somebody who has just opened the chat."""
    return Citizen(gateway.url)
