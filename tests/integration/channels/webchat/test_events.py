"""Catch-up, long poll and stream."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx
import pytest
from sqlalchemy.orm import Session

from channels.messages import Reply
from channels.store import threads
from tests.fixtures.gateway import Gateway
from tests.integration.channels.webchat.conftest import Citizen


def test_catch_up_gives_everything_after_a_number(citizen: Citizen) -> None:
    citizen.send("cle", text="bonjour")
    whole = citizen.events()
    assert [message["seq"] for message in whole["messages"]] == [1, 2, 3]  # type: ignore[attr-defined]
    assert whole["messages"][1]["client_id"] == "cle"  # type: ignore[index]
    assert whole["next"] == 3
    assert citizen.events(3) == {**whole, "messages": []}


def test_a_page_of_events_is_followed_by_the_next(citizen: Citizen, gateway: Gateway) -> None:
    for number in range(205):
        gateway.call(gateway.services.relay.say(citizen.id, Reply(f"n° {number}")))
    first = citizen.events()
    second = citizen.events(first["next"])  # type: ignore[arg-type]
    seqs = [message["seq"] for page in (first, second) for message in page["messages"]]  # type: ignore[attr-defined]
    assert seqs == list(range(1, 207))


def test_a_number_that_is_not_one_is_refused(citizen: Citizen) -> None:
    for after in ("-1", "abc", "99999999999999999999"):
        assert citizen.http.get("/api/chat/events", params={"after": after}).status_code == 422


def test_a_long_poll_answers_as_soon_as_there_is_news(citizen: Citizen, gateway: Gateway) -> None:
    after = citizen.events()["next"]
    threading.Timer(0.3, lambda: gateway.call(gateway.services.relay.say(citizen.id, Reply("une nouvelle")))).start()
    found = citizen.events(after, wait=20)  # type: ignore[arg-type]  # without a wake-up it would end empty
    assert [message["text"] for message in found["messages"]] == ["une nouvelle"]  # type: ignore[attr-defined]


def test_a_long_poll_without_news_ends_empty(citizen: Citizen) -> None:
    found = citizen.events(1, wait=0.2)
    assert found["messages"] == [] and found["next"] == 1


def test_the_stream_begins_at_once_and_pushes_what_follows(citizen: Citizen, gateway: Gateway) -> None:
    with _stream(citizen, after=0) as stream:
        hello = next(stream)
        assert [message["seq"] for message in hello["data"]["messages"]] == [1] and hello["id"] == 1
        gateway.call(gateway.services.relay.say(citizen.id, Reply("poussé")))
        news = next(stream)
        assert news["data"]["messages"][0]["text"] == "poussé" and news["id"] == 2
        gateway.call(_typing(gateway, citizen.id))
        assert next(stream)["data"]["typing"] == "advisor"


def test_a_ticket_serves_once(citizen: Citizen) -> None:
    ticket = citizen.http.post("/api/chat/ticket").json()["ticket"]
    with _stream(citizen, ticket=ticket) as stream:
        next(stream)
    answer = httpx.get(f"{citizen.http.base_url}/api/chat/stream", params={"after": 0, "ticket": ticket})
    assert answer.status_code == 401


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 30, "abc", "-1"])
def test_a_last_event_that_is_none_of_ours_begins_where_the_address_says(citizen: Citizen, number: str) -> None:
    query = {"after": 0, "ticket": citizen.http.post("/api/chat/ticket").json()["ticket"]}
    address = f"{citizen.http.base_url}/api/chat/stream"
    with httpx.stream("GET", address, params=query, headers={"Last-Event-ID": number}, timeout=90) as answer:
        assert answer.status_code == 200
        assert any(line.startswith("id: 1") for line in answer.iter_lines())


def test_the_stream_of_an_erased_conversation_ends(citizen: Citizen) -> None:
    with _stream(citizen, after=1) as stream:
        next(stream)
        assert citizen.http.delete("/api/chat/session").status_code == 204
        assert list(stream) == []


class _Stream:
    """Reads server-sent events."""

    def __init__(self, citizen: Citizen, ticket: str | None, after: int) -> None:
        self._query = {"after": after, "ticket": ticket or citizen.http.post("/api/chat/ticket").json()["ticket"]}
        self._base = str(citizen.http.base_url)

    def __enter__(self) -> Iterator[dict[str, Any]]:
        self._client = httpx.Client(timeout=20)
        self._context = self._client.stream("GET", f"{self._base}/api/chat/stream", params=self._query)
        answer = self._context.__enter__()
        assert answer.headers["content-type"].startswith("text/event-stream")
        return self._events(answer)

    def __exit__(self, *exc: object) -> None:
        self._context.__exit__(None, None, None)
        self._client.close()

    @staticmethod
    def _events(answer: httpx.Response) -> Iterator[dict[str, Any]]:
        number = None
        for line in answer.iter_lines():
            if line.startswith("id: "):
                number = int(line[4:])
            if line.startswith("data: {"):
                yield {"id": number, "data": json.loads(line[6:])}


def _stream(citizen: Citizen, ticket: str | None = None, after: int = 0) -> _Stream:
    return _Stream(citizen, ticket, after)


def test_a_long_poll_tells_that_the_advisor_writes(citizen: Citizen, gateway: Gateway) -> None:
    after = citizen.events()["next"]
    threading.Timer(0.3, lambda: gateway.call(_typing(gateway, citizen.id))).start()
    found = citizen.events(after, wait=20)  # type: ignore[arg-type]
    assert found["typing"] == "advisor" and found["messages"] == []


def test_one_s_own_typing_and_reading_are_no_news(citizen: Citizen, gateway: Gateway) -> None:
    def type_read_and_hear() -> None:
        citizen.http.post("/api/chat/typing")
        citizen.http.post("/api/chat/seen", json={"seq": 1})
        gateway.call(gateway.services.relay.say(citizen.id, Reply("une nouvelle")))

    threading.Timer(0.3, type_read_and_hear).start()
    found = citizen.events(1, wait=20)
    assert found["typing"] is None and len(found["messages"]) == 1  # type: ignore[arg-type]


def test_each_side_knows_how_far_the_other_has_read(citizen: Citizen, gateway: Gateway) -> None:
    citizen.send(text="je veux parler à un conseiller")
    case = gateway.call(gateway.services.cases.find_by_conversation(citizen.id))
    assert case is not None
    gateway.call(gateway.services.cases.claim(gateway.advisor(), case))
    after = citizen.events()["next"]
    threading.Timer(0.3, lambda: gateway.call(gateway.services.chat.seen(citizen.id, 2, "advisor"))).start()
    assert citizen.events(after, wait=20)["seen"] == 2  # type: ignore[arg-type]
    assert citizen.http.post("/api/chat/seen", json={"seq": 10_000}).status_code == 204
    assert gateway.call(gateway.services.db.read(_citizen_seen(citizen.id))) == after


@pytest.mark.parametrize("body", [{}, {"seq": -1}, {"seq": "2"}, {"seq": True}])
def test_a_mark_of_reading_is_a_number(citizen: Citizen, body: dict[str, object]) -> None:
    assert citizen.http.post("/api/chat/seen", json=body).status_code == 422


def _citizen_seen(conversation_id: str) -> Callable[[Session], int]:
    def work(session: Session) -> int:
        found = threads.by_id(session, conversation_id)
        return found.citizen_seen_seq if found else -1

    return work


async def _typing(gateway: Gateway, conversation_id: str) -> None:
    gateway.services.chat.typing(conversation_id, "advisor")
