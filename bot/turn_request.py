"""Reading one turn from the gateway's JSON body: sizes, types, and the neutralised slash."""

from __future__ import annotations

import base64
import hmac
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.conversation_state import ConversationState
from bot.errors import BadTurn, BodyTooLarge, Unauthorized

MAX_BODY_BYTES = 128_000
MAX_NEEDS_BYTES = 16_384  # as UTF-8 JSON
VECTOR_NUMBERS = 512  # of the sentence encoder (bot/understanding/encoder.py), float16 on the wire
MAX_TEXT_LENGTH = 4_000  # the public limit is 2,000 characters; a transcript sentence may be longer
MAX_ID_LENGTH = 128
CHANNELS = frozenset({"web", "sms", "phone"})
# Rasa reads a leading slash as an intent (« /restart »): the same sign from another block is only a character.
NEUTRAL_SLASH = "\u2215"


@dataclass(frozen=True)
class TurnRequest:
    """One message of a person (`text`, its `vector` if known), or one button (`intent` and `slots`).

    `needs`: what the knowledge base found in the message; the engine carries it to the actions without looking inside.
    """

    conversation_id: str
    channel: str
    state: ConversationState
    text: str | None = None
    intent: str | None = None
    slots: Mapping[str, Any] = field(default_factory=dict)
    needs: Mapping[str, Any] | None = None
    vector: np.ndarray | None = field(default=None, compare=False)


def check_token(header: str | None, token: str) -> None:
    """Compares the `Authorization` header with the expected bearer token, in constant time.

    Raises:
        Unauthorized: missing or wrong.
    """
    expected = f"Bearer {token}".encode()
    if not hmac.compare_digest((header or "").encode("utf-8", "replace"), expected):
        raise Unauthorized("bad bearer token")


def read_turn(body: bytes) -> TurnRequest:
    """Parses `{"conversation_id", "channel", "text" | "payload", "state"?, "needs"?, "vector"?}`.

    `needs`: an object of at most `MAX_NEEDS_BYTES`; `vector`: base64 of 512 little-endian float16, with a text only.

    Raises:
        BodyTooLarge: more than `MAX_BODY_BYTES`.
        BadTurn: anything else that is not a turn.
    """
    if len(body) > MAX_BODY_BYTES:
        raise BodyTooLarge("body too large")
    data = _object(body)
    if ("text" in data) == ("payload" in data):
        raise BadTurn("exactly one of text and payload")
    base = {"conversation_id": _identifier(data), "channel": _channel(data), "state": _state(data), "needs": _needs(data)}
    if "payload" in data:
        return TurnRequest(**base, **_payload(data["payload"]))
    return TurnRequest(**base, text=_text(data["text"]), vector=_vector(data.get("vector")))


def neutralised(text: str) -> str:
    """The same text, same length, with a leading slash that Rasa does not take for an intent."""
    stripped = text.strip()
    while stripped.startswith("/"):
        head = len(stripped) - len(stripped.lstrip("/"))
        stripped = NEUTRAL_SLASH * head + stripped[head:]
    return stripped


def _object(body: bytes) -> dict[str, Any]:
    try:
        data = json.loads(body)
    except ValueError as error:
        raise BadTurn("not JSON") from error
    if not isinstance(data, dict):
        raise BadTurn("not a JSON object")
    return data


def _identifier(data: Mapping[str, Any]) -> str:
    value = data.get("conversation_id")
    if not isinstance(value, str) or not 0 < len(value) <= MAX_ID_LENGTH:
        raise BadTurn("conversation_id must be a short string")
    return value


def _channel(data: Mapping[str, Any]) -> str:
    value = data.get("channel")
    if value not in CHANNELS:
        raise BadTurn("unknown channel")
    return str(value)


def _state(data: Mapping[str, Any]) -> ConversationState:
    return ConversationState.from_wire(data.get("state"))


def _needs(data: Mapping[str, Any]) -> dict[str, Any] | None:
    value = data.get("needs")
    if value is not None and not isinstance(value, dict):
        raise BadTurn("needs must be an object")
    if value is not None and len(json.dumps(value, ensure_ascii=False).encode()) > MAX_NEEDS_BYTES:
        raise BodyTooLarge("needs too large")
    return value


def _vector(value: object) -> np.ndarray | None:
    if value is None:
        return None
    try:
        numbers = np.frombuffer(base64.b64decode(str(value), validate=True), dtype="<f2").astype(np.float32)
    except ValueError as error:
        raise BadTurn("vector is not base64 of float16") from error
    if numbers.shape != (VECTOR_NUMBERS,) or not np.isfinite(numbers).all():
        raise BadTurn("vector is not 512 numbers")
    return numbers


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise BadTurn("text must not be empty")
    if len(value) > MAX_TEXT_LENGTH:
        raise BodyTooLarge("text too long")
    return neutralised(value)


def _payload(value: object) -> dict[str, Any]:
    if not isinstance(value, dict) or not isinstance(value.get("intent"), str):
        raise BadTurn("payload must name an intent")
    slots = value.get("slots", {})
    if not isinstance(slots, dict) or not all(isinstance(name, str) for name in slots):
        raise BadTurn("payload slots must be an object")
    return {"intent": value["intent"], "slots": slots}
