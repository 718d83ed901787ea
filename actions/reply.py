"""The structured reply that an action sends and that every channel renders its own way."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

QUICK_REPLIES_MAX = 4
CARDS_MAX = 5

Payload = dict[str, Any]
Command = dict[str, Any]


@dataclass(frozen=True)
class QuickReply:
    """A button: its French label and what pressing it means (an intent with slots, a command, or a text)."""

    label: str
    payload: Payload

    def wire(self) -> dict[str, Any]:
        """The JSON form."""
        return {"label": self.label, "payload": self.payload}


@dataclass
class Reply:
    """One answer. `text` makes sense alone; `sms` and `spoken` are shorter forms; `shown` are references, in order."""

    text: str
    sms: str | None = None
    spoken: str | None = None
    cards: list[dict[str, Any]] = field(default_factory=list)
    quick_replies: list[QuickReply] = field(default_factory=list)
    command: Command | None = None
    topic: int | None = None
    handover: int | None = None
    understood: bool = True

    def wire(self) -> dict[str, Any]:
        """The JSON form; a reply never carries more cards or buttons than a small screen bears."""
        return {
            "text": self.text,
            "sms": self.sms,
            "spoken": self.spoken,
            "cards": self.cards[:CARDS_MAX],
            "quick_replies": [quick.wire() for quick in self.quick_replies[:QUICK_REPLIES_MAX]],
            "command": self.command,
            "topic": self.topic,
            "handover": self.handover or 0,
            "understood": self.understood,
        }


def ask(label: str, intent: str, **slots: Any) -> QuickReply:
    """A button that asks the engine a question."""
    return QuickReply(label, {"intent": intent, "slots": slots})


def do(label: str, command: str, **more: Any) -> QuickReply:
    """A button that the channels handle without the engine."""
    return QuickReply(label, {"command": command, **more})


def hand_over(reason: str, topic: int, urgency: str = "normale") -> Command:
    """The command that puts a person in charge: the queue when it is open, a call-back otherwise."""
    return {"name": "handover", "reason": reason, "topic": topic, "urgency": urgency}


OFFER_PERSON: Command = {"name": "offer_person"}
