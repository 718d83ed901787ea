"""A conversation with the answers alone: the engine's part (the intent) is given, slots are kept from turn to turn."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from actions.answer_action import events_of
from actions.catalogue import answers_of
from actions.reply import Reply
from actions.runtime import Runtime
from actions.turn import Turn
from actions.turn_reader import choose
from actions.voice import Voice

TODAY = date(2026, 11, 24)
VOICE = Voice.load()


@dataclass
class Conversation:
    """`says` is a message with the intent that the engine would give it; `presses` a button of the last answer."""

    kb: Any
    slots: dict[str, Any] = field(default_factory=dict)
    followup: str | None = None
    last: Reply | None = None

    def __post_init__(self) -> None:
        """Builds the answers once."""
        self.runtime = Runtime(self.kb, VOICE, today=lambda: TODAY)
        self.answers = answers_of(self.runtime)

    def says(self, text: str, intent: str, ranking: list[tuple[str, float]] | None = None) -> Reply:
        """The last reply to a message."""
        return self.replies(text, intent, ranking)[-1]

    def replies(self, text: str, intent: str, ranking: list[tuple[str, float]] | None = None) -> list[Reply]:
        """All the replies to a message."""
        turn = Turn(self.runtime, intent, text, ranking or [(intent, 0.9)], dict(self.slots))
        return self._turn(intent, turn)

    def presses(self, label: str) -> Reply:
        """The reply to a button of the last answer, found by its label."""
        assert self.last is not None
        payload = next(quick.payload for quick in self.last.quick_replies if quick.label == label)
        return self.sends(payload)

    def sends(self, payload: Mapping[str, Any]) -> Reply:
        """The reply to a structured turn, read as `turn_of` reads it."""
        slots = dict(payload.get("slots") or {})
        chosen = slots.pop("chosen", None)
        turn = Turn(self.runtime, payload["intent"], "", [], {**self.slots, **slots})
        self.slots.update(slots)
        if chosen:
            choose(turn, chosen)
        return self._turn(payload["intent"], turn)[-1]

    def _turn(self, intent: str, turn: Turn) -> list[Reply]:
        replies = self.answers[intent].respond(turn)
        self.followup = None
        for event in events_of(turn):
            if event["event"] == "slot":
                self.slots[event["name"]] = event["value"]
            if event["event"] == "followup":
                self.followup = event["name"]
        self.last = replies[-1]
        return replies

    def labels(self) -> list[str]:
        """The labels of the last answer's buttons."""
        return [quick.label for quick in self.last.quick_replies] if self.last else []
