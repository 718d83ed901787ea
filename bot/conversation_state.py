"""What the engine must know of a conversation between two turns: slots and the active form, nothing of what was said.

The channel stores it (encrypted) and hands it back with every turn, so that the engine keeps no conversation of its own.
Form on the wire: `{"version": 1, "slots": {name: JSON value}, "active_loop": {"name": str} | null}`.
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
    """Slots that differ from their initial value, and the name of the form that is being filled."""

    slots: Mapping[str, Any] = field(default_factory=dict)
    active_loop: str | None = None

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
        return cls(slots=_slots(data.get("slots")), active_loop=_loop_name(data.get("active_loop")))

    def to_wire(self) -> dict[str, Any]:
        """The JSON form for the channel."""
        loop = {"name": self.active_loop} if self.active_loop else None
        return {"version": VERSION, "slots": dict(self.slots), "active_loop": loop}

    def with_slots(self, slots: Mapping[str, Any]) -> ConversationState:
        """The same state with some slots replaced."""
        return ConversationState({**self.slots, **slots}, self.active_loop)


def _slots(value: object) -> dict[str, Any]:
    if value is None:
        return {}
    if not isinstance(value, dict) or not all(isinstance(name, str) for name in value):
        raise BadState("slots must be an object")
    return value


def _loop_name(value: object) -> str | None:
    if value is None:
        return None
    if not isinstance(value, dict) or not isinstance(value.get("name"), str):
        raise BadState("active_loop must be null or an object with a name")
    return str(value["name"])
