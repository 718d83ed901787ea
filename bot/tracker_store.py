"""A tracker store that stores nothing: each turn's tracker is rebuilt from the state that the channel hands back.

So a restart of the engine loses nothing, the sixtieth turn costs what the fifth does, and no citizen's text rests here.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.conversation_state import ConversationState
from bot.turn import current_turn


class TurnTrackerStore(TrackerStore):  # type: ignore[misc]
    """Reads from and writes to the turn in flight (`bot.turn.current_turn`)."""

    def __init__(self, host: EndpointConfig | None = None, domain: Domain | None = None,
                 event_broker: EventBroker | None = None, **kwargs: Any) -> None:
        """Rasa passes the endpoint as `host`; there is nothing to connect to."""
        super().__init__(domain, event_broker)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker as it was after the previous turn."""
        turn = current_turn.get()
        return tracker_of(turn.before if turn else ConversationState(), sender_id, self.domain)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Hands the new state to the turn. Never raises: Rasa would then keep the tracker in a memory store of its own."""
        turn = current_turn.get()
        if turn is None:
            return
        try:
            turn.after = state_of(tracker)
            if tracker.latest_message is not None:
                turn.understood(tracker.latest_message.parse_data or {})
        except Exception as error:  # reported by the channel as a failed turn
            turn.failure = error

    async def keys(self) -> Iterable[str]:
        """No conversation is kept."""
        return []


def tracker_of(state: ConversationState, sender_id: str, domain: Domain) -> DialogueStateTracker:
    """Rebuilds a tracker that listens: session, slots. Slots that the domain no longer has are left out."""
    tracker = DialogueStateTracker(sender_id, domain.slots)
    for event in _events(state, tracker):
        tracker.update(event)
    return tracker


def state_of(tracker: DialogueStateTracker) -> ConversationState:
    """The slots that differ from their initial value."""
    slots = {
        slot.name: slot.value
        for slot in tracker.slots.values()
        if slot.name != SESSION_START_METADATA_SLOT and slot.value != slot.initial_value
    }
    return ConversationState(slots=slots)


def _events(state: ConversationState, tracker: DialogueStateTracker) -> Iterable[Event]:
    yield ActionExecuted(ACTION_SESSION_START_NAME)
    yield SessionStarted()
    for name, value in state.slots.items():
        if name in tracker.slots:
            yield SlotSet(name, value)
    yield ActionExecuted(ACTION_LISTEN_NAME)
