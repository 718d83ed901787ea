"""The action server as Rasa calls it, and its error net."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from fastapi.testclient import TestClient

from actions.catalogue import all_actions
from actions.host import MOST_BYTES, TOKEN_HEADER, app_around
from actions.runtime import Runtime
from actions.voice import Voice
from knowledge_base.search.needs.finder import Need
from tests.unit.actions.content import knowledge
from tests.unit.actions.fakes import FakeKnowledge

SECRET = "je m'appelle Camille et je veux devenir coiffeuse"


def call(action: str, text: str = "coiffeuse", **slots: Any) -> dict[str, Any]:
    """What Rasa 3.6 posts, without the domain (selective domain)."""
    return {
        "next_action": action,
        "sender_id": "c1",
        "version": "3.6.21",
        "tracker": {
            "sender_id": "c1",
            "slots": {"metier": None, "requested_slot": None, "chosen": None, **slots},
            "latest_message": {
                "text": text,
                "intent": {"name": action.removeprefix("action_")},
                "entities": [],
                "intent_ranking": [],
            },
            "events": [],
            "paused": False,
            "active_loop": {},
            "latest_action_name": "action_listen",
        },
    }


@pytest.fixture
def client() -> TestClient:
    """The host around the small knowledge base."""
    kb = knowledge()
    kb.asks("coiffeuse", Need("metier/coiffeur", ("definition",), 0.95))
    return TestClient(app_around(kb))


@pytest.mark.parametrize("token", ["", "another"])
def test_a_call_without_the_engine_s_token_is_refused(token: str) -> None:
    client = TestClient(app_around(knowledge(), token="the engine's"))
    assert client.post("/webhook", json=call("action_question"), headers={TOKEN_HEADER: token}).status_code == 401
    assert client.post("/webhook", json=call("action_question"), headers={TOKEN_HEADER: "the engine's"}).status_code == 200


def test_a_body_longer_than_any_turn_is_refused_announced_or_not(client: TestClient) -> None:
    long = b'{"next_action": "' + b"a" * MOST_BYTES + b'"}'
    assert client.post("/webhook", content=long).status_code == 413
    assert client.post("/webhook", content=iter([long[:1000], long[1000:]])).status_code == 413


def test_health_answers_once_the_actions_are_there(client: TestClient) -> None:
    body = client.get("/health").json()
    assert body["status"] == "ok"
    assert body["actions"] == len(all_actions(Runtime(knowledge(), Voice.load())))


def test_a_turn_gives_one_structured_reply_and_slot_events(client: TestClient) -> None:
    body = client.post("/webhook", json=call("action_question")).json()
    (response,) = body["responses"]
    assert response["custom"]["cards"][0]["rome"] == ["D1202"]
    assert {"event": "slot", "timestamp": None, "name": "last_intent", "value": "question"} in body["events"]


def test_the_reply_has_exactly_the_fields_that_the_channels_read(client: TestClient) -> None:
    body = client.post("/webhook", json=call("action_question")).json()
    expected = {"text", "sms", "spoken", "cards", "quick_replies", "command", "topic", "handover", "understood"}
    assert set(body["responses"][0]["custom"]) == expected


def test_a_button_says_which_sheet_it_means(client: TestClient) -> None:
    chosen = {"kind": "metier", "id": "boulanger", "title": "Boulanger / Boulangère", "rome": ["D1102"]}
    body = client.post("/webhook", json=call("action_question", text="", chosen=chosen)).json()
    assert "Boulanger" in body["responses"][0]["custom"]["text"]
    assert {"event": "slot", "timestamp": None, "name": "chosen", "value": None} in body["events"]


class BrokenKnowledge(FakeKnowledge):
    """Fails as a database that went away does."""

    def needs(self, text: str, subject: str | None = None) -> Any:
        """Never answers."""
        raise ConnectionError(f"lost while searching {text}")


def test_an_action_that_crashes_still_answers_and_offers_a_person() -> None:
    client = TestClient(app_around(BrokenKnowledge()))
    answer = client.post("/webhook", json=call("action_question", SECRET))
    reply = answer.json()["responses"][0]["custom"]
    assert answer.status_code == 200
    assert reply["command"] == {"name": "offer_person"}
    assert reply["understood"] is False


def test_a_crash_is_logged_without_what_the_citizen_wrote(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    TestClient(app_around(BrokenKnowledge())).post("/webhook", json=call("action_question", SECRET))
    ours = [record.getMessage() for record in caplog.records if record.name == "actions"]
    assert [line.split(" in conversation ")[0] for line in ours] == ["action action_question failed"]
    assert ours[0].endswith(": ConnectionError")
    assert not any("Camille" in record.getMessage() for record in caplog.records)


def test_an_unknown_action_answers_too(client: TestClient) -> None:
    assert client.post("/webhook", json=call("action_nobody_knows")).json()["responses"]


@pytest.mark.parametrize("body", ["", "[]", "{", json.dumps({"next_action": 3}), json.dumps({"next_action": "action_x"})])
def test_a_body_that_is_no_call_is_refused_without_echo(client: TestClient, body: str) -> None:
    answer = client.post("/webhook", content=body)
    assert (answer.status_code, answer.json()) == (400, {"error": "bad_request"})
