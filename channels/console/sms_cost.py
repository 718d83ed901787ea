"""How many SMS a reply makes, counted on what the channel would really send."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from channels.messages import Card, Json, Reply
from channels.ports import Ports
from channels.sms.segments import segments
from channels.store import threads

_LONG = 2  # segments


def cost(session: Session, ports: Ports, conversation_id: str, text: str, cards: Sequence[Json]) -> str:
    """« 2 SMS, 180 caractères »; empty for other channels and for nothing to send."""
    conversation = threads.by_id(session, conversation_id)
    port = ports.get("sms")
    if conversation is None or conversation.channel != "sms" or port is None or not text.strip():
        return ""
    reply = Reply(text.strip(), cards=tuple(Card.from_wire(card) for card in cards))
    bodies = port.render([reply], conversation.channel_state or {}, whole=True).bodies
    count = sum(map(segments, bodies))
    return f"{count} SMS, {sum(map(len, bodies))} caractères{' : pensez à raccourcir' if count > _LONG else ''}"
