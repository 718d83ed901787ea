"""What the engine accepts as a turn."""

from __future__ import annotations

import json

import pytest

from bot.errors import BadState, BadTurn, BodyTooLarge, Unauthorized
from bot.turn_request import MAX_BODY_BYTES, MAX_TEXT_LENGTH, check_token, neutralised, read_turn


def body(**changes: object) -> bytes:
    turn = {"conversation_id": "c1", "channel": "web", "text": "bonjour", **changes}
    return json.dumps({key: value for key, value in turn.items() if value is not ...}).encode()


def test_a_text_turn_is_read_with_an_empty_state_when_none_is_given() -> None:
    turn = read_turn(body())
    assert (turn.conversation_id, turn.channel, turn.text, turn.intent) == ("c1", "web", "bonjour", None)
    assert turn.state.slots == {}


def test_a_button_turn_carries_its_intent_and_slots() -> None:
    turn = read_turn(body(text=..., payload={"intent": "metier_salaire", "slots": {"level": "cap"}}))
    assert (turn.text, turn.intent, turn.slots) == (None, "metier_salaire", {"level": "cap"})


@pytest.mark.parametrize("typed", ["/restart", "  /restart", "//session_start", '/metier_salaire{"age": 3}'])
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


@pytest.mark.parametrize("state", [3, "x", {}, {"version": 99}, {"version": 1, "slots": []}, {"version": 1, "active_loop": "f"}])
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
