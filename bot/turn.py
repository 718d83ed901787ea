"""One turn in flight: what came in for the tracker store, what goes back to the channel. Nothing outlives it."""

from __future__ import annotations

from collections.abc import Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from bot.conversation_state import ConversationState

RANKING_LENGTH = 3


@dataclass
class Turn:
    """Before: the state, and the message's vector when it came along; after: the state to hand back and what was understood."""

    before: ConversationState
    vector: np.ndarray | None = None
    after: ConversationState | None = None
    intent: Mapping[str, Any] = field(default_factory=dict)
    ranking: list[dict[str, Any]] = field(default_factory=list)
    failure: Exception | None = None

    def understood(self, parse_data: Mapping[str, Any]) -> None:
        """Remembers the act and the best candidates of Rasa's parse result."""
        self.intent = _ranked(parse_data.get("intent") or {})
        candidates = parse_data.get("intent_ranking") or []
        self.ranking = [_ranked(item) for item in candidates[:RANKING_LENGTH]]


# The tracker store is called by Rasa with nothing but a conversation id: the turn travels beside it, per task.
current_turn: ContextVar[Turn | None] = ContextVar("current_turn", default=None)


def _ranked(item: Mapping[str, Any]) -> dict[str, Any]:
    return {"name": item.get("name"), "confidence": round(float(item.get("confidence") or 0.0), 4)}
