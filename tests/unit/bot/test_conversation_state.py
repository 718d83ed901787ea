"""The state that travels between the engine and the channel."""

from __future__ import annotations

import pytest

from bot.conversation_state import MAX_STATE_BYTES, ConversationState
from bot.errors import BadState


def test_a_state_comes_back_as_it_was_written() -> None:
    state = ConversationState({"metier": {"id": "D1202", "rome": ["D1202"]}, "turns": 4}, active_loop="course_form")
    assert ConversationState.from_wire(state.to_wire()) == state


def test_no_state_is_a_new_conversation() -> None:
    assert ConversationState.from_wire(None) == ConversationState()


def test_slots_of_a_button_replace_those_of_the_state() -> None:
    state = ConversationState({"level": "3e", "age": 15}, "course_form").with_slots({"level": "cap"})
    assert (state.slots, state.active_loop) == ({"level": "cap", "age": 15}, "course_form")


def test_a_state_that_grew_without_bound_is_refused() -> None:
    with pytest.raises(BadState):
        ConversationState.from_wire({"version": 1, "slots": {"shown": "x" * MAX_STATE_BYTES}, "active_loop": None})
