"""A conversation as the case page shows it: one line a message, with who, when, what left and how far it got."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from channels.case.views import DeliveryView, MessageView
from channels.console import labels, times
from channels.messages import Json


@dataclass(frozen=True, slots=True)
class Line:
    """One message. `state` is its delivery in French, `retry` the id of a send that can be tried again."""

    id: str
    seq: int
    author: str
    who: str
    at: datetime
    text: str
    cards: Sequence[Json]
    buttons: Sequence[str]
    state: str
    failed: bool
    retry: int | None
    suppressed: bool
    misunderstood: bool
    day: str = ""
    pictures: int = 0


def lines(messages: Sequence[MessageView], names: Mapping[str, str], deliveries: Iterable[DeliveryView], channel: str,
          seen: int = 0) -> list[Line]:
    """Every message in order; the first of each day carries the day's name. `seen`: how far the person has read."""
    sends: dict[str, list[DeliveryView]] = {}
    for delivery in deliveries:
        if delivery.message_id:
            sends.setdefault(delivery.message_id, []).append(delivery)
    found, day = [], ""
    for message in messages:
        today = times.day(message.sent_at)
        found.append(line(message, names, sends.get(message.id, []), channel, seen, today if today != day else ""))
        day = today
    return found


def line(message: MessageView, names: Mapping[str, str], sends: Sequence[DeliveryView], channel: str, seen: int = 0,
         day: str = "") -> Line:
    """One message."""
    state, failed, retry = _delivery(message, sends, seen)
    text = message.sms if channel == "sms" and message.sms and message.author != "citizen" else message.text
    return Line(
        id=message.id, seq=message.seq, author=message.author, who=_who(message, names), at=message.sent_at, text=text,
        cards=message.cards, buttons=[str(button["label"]) for button in message.buttons], state=state, failed=failed,
        retry=retry, suppressed=message.state == "suppressed", day=day,
        misunderstood=message.author == "citizen" and message.understood is False, pictures=message.pictures)


def _who(message: MessageView, names: Mapping[str, str]) -> str:
    named = names.get(message.account_id or "")
    return named if named and message.author == "advisor" else labels.AUTHORS.get(message.author, message.author)


def _delivery(message: MessageView, sends: Sequence[DeliveryView], seen: int) -> tuple[str, bool, int | None]:
    if message.author == "citizen" or message.state != "visible":
        return "", False, None
    worst = next((item for item in sends if item.state in {"failed", "blocked"}), sends[-1] if sends else None)
    if worst is None:
        return ("Lu" if message.author == "advisor" and message.seq <= seen else ""), False, None
    said = labels.DELIVERIES.get(worst.state, worst.state)
    if worst.state == "failed" and worst.error_code:
        said = f"{said} ({labels.SEND_ERRORS.get(worst.error_code, f'erreur {worst.error_code}')})"
    return said, worst.state in {"failed", "blocked"}, worst.id if worst.state == "failed" else None
