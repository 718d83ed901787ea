"""Sending messages, as the contract writes it."""

from __future__ import annotations

import httpx
import pytest

from tests.fixtures.gateway import Gateway
from tests.integration.channels.webchat.conftest import Citizen

JSON = {"Idempotency-Key": "cle", "Content-Type": "application/json"}


def test_a_new_session_says_that_it_is_an_automatic_assistant(citizen: Citizen) -> None:
    assert set(citizen.session) >= {"session_id", "token", "expires_at", "mode", "messages"}
    assert citizen.session["mode"] == "bot"
    assert "automatique" in citizen.session["messages"][0]["text"]


def test_a_session_opens_without_a_body(gateway: Gateway) -> None:
    assert httpx.post(f"{gateway.url}/api/chat/sessions").status_code == 201


def test_half_of_an_emoji_is_a_character_like_another(citizen: Citizen) -> None:
    # JSON can carry one: a field that stops at its maximal length cuts an emoji in two.
    answer = citizen.http.post("/api/chat/messages", content=b'{"text": "merci \\ud83d"}', headers=JSON)
    assert answer.status_code == 200 and answer.json()["messages"]
    assert "merci \ufffd" in [item["text"] for item in citizen.events()["messages"]]  # type: ignore[attr-defined]


def test_a_message_is_accepted_and_answered_in_order(citizen: Citizen) -> None:
    answer = citizen.send("cle-1", text="la coiffure").json()
    assert answer["accepted"]["client_id"] == "cle-1" and answer["accepted"]["seq"] == 2
    (message,) = answer["messages"]
    assert message["author"] == "bot" and message["in_reply_to"] == answer["accepted"]["id"]
    assert message["cards"][0]["rome"] == ["D1202"] and message["cards"][0]["title"].startswith("Coiffeur")
    assert set(message["quick_replies"][0]) == {"label", "action"}


def test_the_same_key_again_gives_the_same_answer_and_does_nothing_twice(citizen: Citizen, gateway: Gateway) -> None:
    first = citizen.send("cle-2", text="bonjour").json()
    asked = len(gateway.engine.turns)
    assert citizen.send("cle-2", text="bonjour").json() == first
    assert len(gateway.engine.turns) == asked
    assert len(citizen.events()["messages"]) == 3  # type: ignore[arg-type]


def test_a_button_is_pressed_by_its_opaque_action(citizen: Citizen, gateway: Gateway) -> None:
    action = citizen.send(text="coiffure").json()["messages"][0]["quick_replies"][0]["action"]
    answer = citizen.send(action=action)
    assert answer.status_code == 200
    assert gateway.engine.turns[-1].payload == {"intent": "question", "slots": {"point": "pay"}}
    assert citizen.events(answer.json()["accepted"]["seq"] - 1)["messages"][0]["text"] == "Le salaire"  # type: ignore[index]


def test_a_person_can_be_asked_for_at_any_time_by_the_widget_s_own_button(citizen: Citizen) -> None:
    answer = citizen.send(action="person").json()
    assert answer["mode"] == "queued" and answer["queue_position"] >= 1


@pytest.mark.parametrize(("body", "status"), [
    ({"text": ""}, 422), ({"text": "   "}, 422), ({"text": "a" * 2001}, 413), ({"text": "a" * 90_000}, 413), ({}, 422),
    ({"text": "a", "action": "b"}, 422), ({"action": "a999-0"}, 422), ({"text": 5}, 422)])
def test_a_message_that_cannot_be_accepted_is_refused_in_french(citizen: Citizen, body: dict[str, str], status: int) -> None:
    answer = citizen.send(**body)
    assert answer.status_code == status
    assert set(answer.json()["error"]) == {"code", "message"} and answer.json()["error"]["message"]


def test_two_thousand_characters_are_accepted(citizen: Citizen) -> None:
    assert citizen.send(text="é" * 2000).status_code == 200


def test_json_that_is_broken_is_a_bad_request(citizen: Citizen) -> None:
    answer = citizen.http.post("/api/chat/messages", content=b"{", headers=JSON)
    assert answer.status_code == 400


@pytest.mark.parametrize("key", ["", "x" * 81])
def test_a_message_needs_an_idempotency_key(citizen: Citizen, key: str) -> None:
    answer = citizen.http.post("/api/chat/messages", json={"text": "a"}, headers={"Idempotency-Key": key})
    assert answer.status_code == 400


@pytest.mark.parametrize("given", [None, "Bearer faux", "Basic abc", "Bearer"])
def test_without_a_good_token_nothing_is_possible(gateway: Gateway, given: str | None) -> None:
    headers = {"Authorization": given} if given else {}
    for method, path in (("GET", "events"), ("POST", "ticket"), ("GET", "transcript"), ("DELETE", "session"), ("POST", "typing")):
        answer = httpx.request(method, f"{gateway.url}/api/chat/{path}", headers=headers)
        assert answer.status_code == 401, path
    sent = httpx.post(f"{gateway.url}/api/chat/messages", json={"text": "a"}, headers={**headers, "Idempotency-Key": "k"})
    assert sent.status_code == 401


def test_a_body_sent_in_pieces_is_limited_too(citizen: Citizen) -> None:
    def pieces():  # type: ignore[no-untyped-def]
        for _ in range(40):
            yield b" " * 4096

    answer = citizen.http.post("/api/chat/messages", content=pieces(), headers=JSON)
    assert answer.status_code == 413
