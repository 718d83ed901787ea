"""What the engine accepts as a turn."""

from __future__ import annotations

import base64
import json

import numpy as np
import pytest

from bot.errors import BadState, BadTurn, BodyTooLarge, Unauthorized
from bot.turn_request import MAX_BODY_BYTES, MAX_NEEDS_BYTES, MAX_TEXT_LENGTH, VECTOR_NUMBERS, check_token, neutralised, read_turn


def body(**changes: object) -> bytes:
    turn = {"conversation_id": "c1", "channel": "web", "text": "bonjour", **changes}
    return json.dumps({key: value for key, value in turn.items() if value is not ...}).encode()


def test_a_text_turn_is_read_with_an_empty_state_when_none_is_given() -> None:
    turn = read_turn(body())
    assert (turn.conversation_id, turn.channel, turn.text, turn.intent) == ("c1", "web", "bonjour", None)
    assert turn.state.slots == {}


def test_a_button_turn_carries_its_intent_and_slots() -> None:
    turn = read_turn(body(text=..., payload={"intent": "question", "slots": {"level": "cap"}}))
    assert (turn.text, turn.intent, turn.slots) == (None, "question", {"level": "cap"})


def packed(numbers: np.ndarray) -> str:
    """A vector as it travels."""
    return base64.b64encode(numbers.astype("<f2").tobytes()).decode()


def test_needs_are_carried_as_they_came_with_a_text_or_a_button() -> None:
    needs = {"needs": [{"sheet": "metiers/boulanger", "point": "pay"}], "autre": None}
    assert read_turn(body(needs=needs)).needs == needs
    assert read_turn(body(text=..., payload={"intent": "question"}, needs=needs)).needs == needs
    assert read_turn(body()).needs is None


def test_a_vector_beside_the_text_is_unpacked() -> None:
    vector = np.linspace(-1, 1, VECTOR_NUMBERS)
    found = read_turn(body(vector=packed(vector))).vector
    assert found is not None and found.dtype == np.float32 and np.allclose(found, vector, atol=1e-3)
    assert read_turn(body()).vector is None


@pytest.mark.parametrize("wrong", ["", "é", 3, [0.1], packed(np.zeros(3)), packed(np.full(VECTOR_NUMBERS, np.nan)), "AAA="])
def test_a_vector_that_is_none_is_refused(wrong: object) -> None:
    with pytest.raises(BadTurn):
        read_turn(body(vector=wrong))


def test_needs_that_are_no_object_or_too_large_are_refused() -> None:
    with pytest.raises(BadTurn):
        read_turn(body(needs=[1]))
    with pytest.raises(BodyTooLarge):
        read_turn(body(needs={"a": "é" * (MAX_NEEDS_BYTES // 2)}))


@pytest.mark.parametrize("typed", ["/restart", "  /restart", "//session_start", '/question{"age": 3}'])
def test_a_leading_slash_is_no_intent(typed: str) -> None:
    text = neutralised(typed)
    assert not text.startswith("/")
    assert len(text) == len(typed.strip())


def test_a_slash_inside_a_text_stays() -> None:
    assert neutralised("menuisier / charpentier") == "menuisier / charpentier"


@pytest.mark.parametrize("wrong", [
    b"not json", b"[]", body(text=...), body(payload={"intent": "x"}), body(text=""), body(text="  "), body(text=3),
    body(conversation_id=""), body(conversation_id=7), body(conversation_id="x" * 500), body(channel="fax"),
    body(text=..., payload={"slots": {}}), body(text=..., payload={"intent": "x", "slots": []}), body(text=..., payload="x"),
])
def test_anything_else_is_refused(wrong: bytes) -> None:
    with pytest.raises(BadTurn):
        read_turn(wrong)


@pytest.mark.parametrize("state", [3, "x", {}, {"version": 99}, {"version": 1, "slots": []}])
def test_a_state_that_this_engine_did_not_write_is_refused(state: object) -> None:
    with pytest.raises(BadState):
        read_turn(body(state=state))


def test_a_body_or_a_text_larger_than_any_real_turn_is_refused() -> None:
    with pytest.raises(BodyTooLarge):
        read_turn(b" " * (MAX_BODY_BYTES + 1))
    with pytest.raises(BodyTooLarge):
        read_turn(body(text="a" * (MAX_TEXT_LENGTH + 1)))


@pytest.mark.parametrize("header", [None, "", "Bearer", "Bearer wrong", "secret", "bearer secret", "Bearer secrét"])
def test_a_missing_or_wrong_token_is_refused(header: str | None) -> None:
    with pytest.raises(Unauthorized):
        check_token(header, "secret")


def test_the_right_token_is_accepted() -> None:
    check_token("Bearer secret", "secret")


def test_errors_never_repeat_the_request() -> None:
    with pytest.raises(BadTurn) as caught:
        read_turn(body(text=..., payload="j'habite rue des Lilas"))
    assert "Lilas" not in str(caught.value)
