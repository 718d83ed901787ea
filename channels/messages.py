"""What travels between channels, relay and engine: plain frozen dataclasses, no framework, no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Channel = Literal["web", "sms", "phone"]
Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class QuickReply:
    """A button. `payload` is {"intent", "slots"} | {"command", …} | {"text"}; clients never see it, only an action id."""

    label: str
    payload: Mapping[str, Any]

    def as_wire(self) -> Json:
        """`{"label", "payload"}`."""
        return {"label": self.label, "payload": dict(self.payload)}


@dataclass(frozen=True, slots=True)
class Card:
    """A sheet as an answer shows it (the contract's Card). `source` is {"name", "url", "collected_on"} or None."""

    kind: str
    id: str
    title: str
    subtitle: str = ""
    text: str = ""
    url: str | None = None
    rome: tuple[str, ...] = ()
    source: Mapping[str, Any] | None = None
    level: str | None = None

    @classmethod
    def from_wire(cls, data: Mapping[str, Any]) -> Card:
        """Reads the wire form; unknown fields are left out."""
        return cls(
            kind=str(data.get("kind", "")), id=str(data.get("id", "")), title=str(data.get("title", "")),
            subtitle=str(data.get("subtitle") or ""), text=str(data.get("text") or ""), url=data.get("url"),
            rome=tuple(data.get("rome") or ()), source=data.get("source"), level=data.get("level"))

    def as_wire(self) -> Json:
        """The contract's Card; `level` only when there is one."""
        wire: Json = {"kind": self.kind, "id": self.id, "title": self.title, "subtitle": self.subtitle, "text": self.text,
                      "url": self.url, "rome": list(self.rome), "source": dict(self.source) if self.source else None}
        return {**wire, "level": self.level} if self.level else wire


@dataclass(frozen=True, slots=True)
class Command:
    """What an action asks of channels: name (handover, callback, offer_person, recap_sms, feedback, erase, opt_out,
    opening_hours, end)."""

    name: str
    data: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_wire(cls, data: Mapping[str, Any] | None) -> Command | None:
        """Reads {"name", …}; None when there is no name."""
        if not data or not data.get("name"):
            return None
        return cls(str(data["name"]), {key: value for key, value in data.items() if key != "name"})


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer, complete: `text` makes sense alone; `sms` and `spoken` are optional shorter forms.

    `input`: what a question asks for ("tel", "name", "code"), so that a screen can offer the right keyboard.
    """

    text: str
    sms: str | None = None
    spoken: str | None = None
    cards: tuple[Card, ...] = ()
    quick_replies: tuple[QuickReply, ...] = ()
    command: Command | None = None
    topic: int | None = None
    handover: int = 0
    understood: bool = True
    input: str | None = None

    @classmethod
    def from_wire(cls, data: Mapping[str, Any]) -> Reply:
        """Reads the engine's REPLY; a missing field takes its default."""
        return cls(
            text=str(data.get("text") or ""), sms=data.get("sms"), spoken=data.get("spoken"),
            cards=tuple(Card.from_wire(card) for card in data.get("cards") or ()),
            quick_replies=tuple(_quick_replies(data.get("quick_replies") or ())),
            command=Command.from_wire(data.get("command")), topic=data.get("topic"),
            handover=int(data.get("handover") or 0), understood=bool(data.get("understood", True)))

    def body(self) -> Json:
        """What is stored beside the text, encrypted: other forms, cards, buttons."""
        body = {"sms": self.sms, "spoken": self.spoken, "cards": [card.as_wire() for card in self.cards],
                "quick_replies": [button.as_wire() for button in self.quick_replies]}
        return {**body, "input": self.input} if self.input else body


def _quick_replies(items: Sequence[Mapping[str, Any]]) -> list[QuickReply]:
    return [QuickReply(str(item["label"]), item.get("payload") or {"text": str(item["label"])})
            for item in items if item.get("label")]


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message from a citizen, verified by its channel.

    The conversation is found by `conversation_id`, by `token` (web chat) or by `sender` (E.164 number: SMS, phone).
    `provider_id` (MessageSid, CallSid + turn) or `client_id` (idempotency key) makes it unique. `text` or `action`
    (id of a button), never both empty. `provider_meta`: what the provider said, stored encrypted (media count, confidence…).
    `source`: the address it came from, never stored: alerts that come from one address are told together.
    """

    channel: Channel
    text: str = ""
    action: str | None = None
    conversation_id: str | None = None
    token: str | None = None
    sender: str | None = None
    provider_id: str | None = None
    client_id: str | None = None
    received_at: datetime | None = None
    provider_meta: Mapping[str, Any] = field(default_factory=dict)
    source: str | None = None
