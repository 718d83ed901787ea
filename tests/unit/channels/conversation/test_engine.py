"""The client of the engine: what counts as an answer, and how a dead engine costs nobody seconds."""

from __future__ import annotations

import pytest
from aiohttp import web

from channels.conversation.breaker import Breaker
from channels.conversation.engine import HttpEngine, Turn, read_answer
from channels.errors import EngineFailure

TURN = Turn("c1", "web", "bonjour")
GOOD = {"replies": [{"text": "Bonjour", "quick_replies": [{"label": "Oui", "payload": {"intent": "affirmer", "slots": {}}}]}],
        "intent": {"name": "salutation", "confidence": 0.9}, "ranking": [], "state": {"slots": {}}}


class Fake:
    """An engine that answers what the test says."""

    def __init__(self, answer: object, status: int = 200) -> None:
        self.answer, self.status, self.seen = answer, status, []

    async def start(self) -> str:
        app = web.Application()
        app.router.add_post("/webhooks/gateway/turn", self.turn)
        self.runner = web.AppRunner(app)
        await self.runner.setup()
        site = web.TCPSite(self.runner, "127.0.0.1", 0)
        await site.start()
        return f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    async def turn(self, request: web.Request) -> web.Response:
        self.seen.append((request.headers["Authorization"], await request.json()))
        return web.json_response(self.answer, status=self.status)


async def ask(answer: object, status: int = 200) -> object:
    fake = Fake(answer, status)
    engine = HttpEngine(await fake.start(), "secret")
    try:
        return await engine.answer(TURN), fake
    finally:
        await engine.close()
        await fake.runner.cleanup()


async def test_a_turn_carries_token_text_and_state_and_brings_replies() -> None:
    answer, fake = await ask(GOOD)  # type: ignore[misc]
    assert (answer.intent, answer.replies[0].text, answer.state) == ("salutation", "Bonjour", {"slots": {}})
    assert fake.seen == [("Bearer secret", {"conversation_id": "c1", "channel": "web", "text": "bonjour", "state": None})]


@pytest.mark.parametrize(("answer", "status", "reason"), [
    ({"replies": []}, 200, "empty"), ({"replies": [{"text": ""}]}, 200, "empty"), ({}, 200, "error"), ([], 200, "error"),
    ({"error": "x"}, 500, "error"), (GOOD, 401, "error")])
async def test_anything_else_is_a_failure_with_its_reason(answer: object, status: int, reason: str) -> None:
    with pytest.raises(EngineFailure) as failure:
        await ask(answer, status)
    assert failure.value.reason == reason


async def test_nobody_there_is_a_failure_and_the_circuit_opens() -> None:
    engine = HttpEngine("http://127.0.0.1:9", "secret", breaker=Breaker(failures=2, rest=60))
    reasons = []
    for _ in range(3):
        with pytest.raises(EngineFailure) as failure:
            await engine.answer(TURN)
        reasons.append(failure.value.reason)
    await engine.close()
    assert reasons == ["unavailable", "unavailable", "open_circuit"]


def test_the_circuit_lets_one_through_after_its_rest_and_closes_on_success() -> None:
    clock = [0.0]
    breaker = Breaker(failures=1, rest=5, clock=lambda: clock[0])
    breaker.failed()
    assert not breaker.allow()
    clock[0] = 6.0
    assert breaker.allow()
    assert not breaker.allow()
    breaker.succeeded()
    assert breaker.allow()


def test_a_reply_keeps_its_other_forms() -> None:
    answer = read_answer({"replies": [{"text": "A", "sms": "a", "spoken": "aa", "command": {"name": "end"}, "topic": 3}]})
    reply = answer.replies[0]
    assert (reply.sms, reply.spoken, reply.command.name, reply.topic) == ("a", "aa", "end", 3)  # type: ignore[union-attr]


def test_needs_and_vector_are_sent_only_when_they_are_set() -> None:
    assert {"needs", "vector"} & TURN.wire().keys() == set()
    found = Turn("c1", "web", "bonjour", needs={"needs": []}, vector="AAAA").wire()
    assert (found["needs"], found["vector"]) == ({"needs": []}, "AAAA")


def test_a_button_carries_its_needs_and_no_vector() -> None:
    found = Turn("c1", "web", payload={"intent": "question", "slots": {}}, needs={"needs": []}, vector="AAAA").wire()
    assert found["needs"] == {"needs": []} and "vector" not in found
