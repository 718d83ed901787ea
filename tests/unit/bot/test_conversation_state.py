"""The state that travels between the engine and the channel."""

from __future__ import annotations

import pytest

from bot.conversation_state import MAX_STATE_BYTES, ConversationState
from bot.errors import BadState


def test_a_state_comes_back_as_it_was_written() -> None:
    state = ConversationState({"metier": {"id": "D1202", "rome": ["D1202"]}, "turns": 4})
    assert ConversationState.from_wire(state.to_wire()) == state


def test_no_state_is_a_new_conversation() -> None:
    assert ConversationState.from_wire(None) == ConversationState()


def test_slots_of_a_button_replace_those_of_the_state() -> None:
    state = ConversationState({"level": "3e", "age": 15}).with_slots({"level": "cap"})
    assert state.slots == {"level": "cap", "age": 15}


def test_a_state_of_an_older_engine_keeps_its_slots_and_loses_its_form() -> None:
    old = {"version": 1, "slots": {"level": "3e"}, "active_loop": {"name": "course_form"}}
    assert ConversationState.from_wire(old) == ConversationState({"level": "3e"})


def test_a_state_that_grew_without_bound_is_refused() -> None:
    with pytest.raises(BadState):
        ConversationState.from_wire({"version": 1, "slots": {"shown": "x" * MAX_STATE_BYTES}})
