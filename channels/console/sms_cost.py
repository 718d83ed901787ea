"""How many SMS a reply makes, and what they will say: counted on what the channel would really send."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from channels.delivery.segments import segments
from channels.messages import Card, Json, Reply
from channels.ports import Ports
from channels.store import threads

_LONG = 2  # segments


@dataclass(frozen=True, slots=True)
class Cost:
    """The texts that would leave, one a message; `count` are segments, which is what is paid."""

    bodies: Sequence[str]
    count: int

    @property
    def said(self) -> str:
        """« 2 SMS, 180 caractères »."""
        warning = " : pensez à raccourcir" if self.count > _LONG else ""
        return f"{self.count} SMS, {sum(map(len, self.bodies))} caractères{warning}"


def cost(session: Session, ports: Ports, conversation_id: str, text: str, cards: Sequence[Json]) -> Cost | None:
    """What this reply makes; None for other channels and for nothing to send."""
    conversation = threads.by_id(session, conversation_id)
    port = ports.get("sms")
    if conversation is None or conversation.channel != "sms" or port is None or not text.strip():
        return None
    reply = Reply(text.strip(), cards=tuple(Card.from_wire(card) for card in cards))
    bodies = port.render([reply], conversation.channel_state or {}, whole=True).bodies
    return Cost(bodies, sum(map(segments, bodies)))
