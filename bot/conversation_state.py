"""What the engine must know of a conversation between two turns: its slots, nothing of what was said.

The channel stores it (encrypted) and hands it back with every turn, so that the engine keeps no conversation of its own.
Form on the wire: `{"version": 1, "slots": {name: JSON value}}`. Older states also name a form: ignored, there are none any more.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.errors import BadState

VERSION = 1
MAX_STATE_BYTES = 64_000


@dataclass(frozen=True)
class ConversationState:
    """Slots that differ from their initial value."""

    slots: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_wire(cls, data: object) -> ConversationState:
        """Reads what `to_wire` wrote; `None` is a new conversation.

        Raises:
            BadState: not a state, of another version, or too large.
        """
        if data is None:
            return cls()
        if not isinstance(data, dict) or data.get("version") != VERSION:
            raise BadState("not a state of this version")
        if len(json.dumps(data)) > MAX_STATE_BYTES:
            raise BadState("state too large")
        return cls(slots=_slots(data.get("slots")))

    def to_wire(self) -> dict[str, Any]:
        """The JSON form for the channel."""
        return {"version": VERSION, "slots": dict(self.slots)}

    def with_slots(self, slots: Mapping[str, Any]) -> ConversationState:
        """The same state with some slots replaced."""
        return ConversationState({**self.slots, **slots})


def _slots(value: object) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise BadState("slots must be an object")
    return value
