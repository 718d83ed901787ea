"""The output channel of one turn: collects the structured replies that the actions send."""

from __future__ import annotations

from typing import Any

from rasa.core.channels.channel import OutputChannel


class ReplyCollector(OutputChannel):  # type: ignore[misc]  # Rasa's environment is not the type checker's
    """Keeps the replies in order. A reply is the JSON of an action; a plain text becomes the smallest reply."""

    def __init__(self) -> None:
        """Starts empty."""
        self.replies: list[dict[str, Any]] = []

    @classmethod
    def name(cls) -> str:
        """Name of the channel, as Rasa asks for it."""
        return "gateway"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Collects one response: `custom` is a whole reply, `text` a bare sentence."""
        if message.get("custom"):
            self.replies.append(message["custom"])
        elif message.get("text"):
            self.replies.append(plain_reply(message["text"]))


def plain_reply(text: str) -> dict[str, Any]:
    """A reply that is only a sentence."""
    return {"text": text, "sms": None, "spoken": None, "cards": [], "quick_replies": [],
            "command": None, "topic": None, "handover": 0, "understood": True}
