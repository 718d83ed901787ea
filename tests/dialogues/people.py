"""Somebody who talks to the helpline: the same three verbs on every channel."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

import httpx


@dataclass
class Answer:
    """What came back: all texts, all cards, all buttons, the mode."""

    mode: str
    messages: list[dict[str, Any]]

    @property
    def text(self) -> str:
        return "\n".join(message["text"] for message in self.messages)

    @property
    def cards(self) -> list[dict[str, Any]]:
        return [card for message in self.messages for card in message["cards"]]

    @property
    def references(self) -> list[str]:
        return [f"{card['kind']}/{card['id']}" for card in self.cards]

    @property
    def buttons(self) -> dict[str, str]:
        return {reply["label"]: reply["action"] for message in self.messages for reply in message["quick_replies"]}

    @property
    def authors(self) -> set[str]:
        return {message["author"] for message in self.messages}


@dataclass
class WebCitizen:
    """A citizen in the chat widget, over the public API."""

    base_url: str
    token: str = ""
    last: Answer | None = None
    log: list[str] = field(default_factory=list)

    def open(self) -> Answer:
        """Starts a conversation."""
        session = self._post("/api/chat/sessions", {})
        self.token = session["token"]
        return self._keep("", session)

    def say(self, text: str) -> Answer:
        """Sends a text."""
        return self._keep(text, self._post("/api/chat/messages", {"text": text}))

    def press(self, label: str) -> Answer:
        """Presses a button of the last answer."""
        buttons = self.last.buttons if self.last else {}
        assert label in buttons, f"no button « {label} », only {sorted(buttons)}\n{self.transcript}"
        return self._keep(f"[{label}]", self._post("/api/chat/messages", {"action": buttons[label]}))

    def _post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        headers["Idempotency-Key"] = str(uuid.uuid4())
        answer = httpx.post(self.base_url + path, json=body, headers=headers, timeout=90)
        assert answer.status_code in (200, 201), f"{answer.status_code} {answer.text}\n{self.transcript}"
        return dict(answer.json())

    def _keep(self, said: str, answer: dict[str, Any]) -> Answer:
        self.last = Answer(answer["mode"], answer["messages"])
        self.log += [f"> {said}", f"< ({self.last.mode}) {self.last.text} {self.last.references} {list(self.last.buttons)}"]
        return self.last

    @property
    def transcript(self) -> str:
        """The conversation so far, for the message of a failed test."""
        return "\n".join(self.log)
