"""A slow, a dead, a lying engine; messages that crash whatever reads them: everybody is answered, nobody holds up the rest."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest
from aiohttp import web as server
from sqlalchemy import select

from channels.conversation.engine import EngineAnswer, HttpEngine, Turn
from channels.messages import Incoming, Reply
from channels.services import Services
from channels.store.models import Message, MessageState
from tests.faults.provider import FileProvider
from tests.integration.channels.talk import sms, web

Helpline = tuple[Services, FileProvider]
Handler = Callable[[server.Request], Awaitable[server.StreamResponse]]
FALLBACK = "conseiller"


@asynccontextmanager
async def an_engine(handler: Handler, seconds: float = 0.3) -> AsyncIterator[HttpEngine]:
    """The real client, facing an engine that does as `handler` says."""
    app = server.Application()
    app.router.add_post("/webhooks/gateway/turn", handler)
    runner = server.AppRunner(app)
    await runner.setup()
    site = server.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    assert site._server is not None
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[attr-defined]
    engine = HttpEngine(f"http://127.0.0.1:{port}", "jeton", seconds)
    try:
        yield engine
    finally:
        await engine.close()
        await runner.cleanup()


async def slow(request: server.Request) -> server.StreamResponse:
    await asyncio.sleep(2)
    return server.json_response({"replies": [{"text": "trop tard"}]})


async def hung_up(request: server.Request) -> server.StreamResponse:
    assert request.transport is not None
    request.transport.abort()
    return server.Response()


async def mute(request: server.Request) -> server.StreamResponse:
    return server.json_response({"replies": []})


async def raving(request: server.Request) -> server.StreamResponse:
    return server.Response(text="{", content_type="application/json")


@pytest.mark.parametrize("handler", [slow, hung_up, mute, raving])
async def test_whatever_the_engine_does_there_is_one_answer_and_a_way_to_a_person(helpline: Helpline, handler: Handler) -> None:
    services, _ = helpline
    async with an_engine(handler) as engine:
        services.relay._engine = engine
        session = await services.chat.open_session()
        answers = [await web(services, session, text) for text in ("un", "deux", "trois", "quatre")]
    for answer in answers:
        assert len(answer.messages) == 1
        labels = [button["label"] for button in answer.messages[0].wire()["quick_replies"]]
        assert any(FALLBACK in label for label in labels)
    assert (await services.relay.recover()) == 0, "something still waits for an answer"


async def test_a_dead_engine_costs_nobody_its_time_out_again_and_again(helpline: Helpline) -> None:
    services, _ = helpline
    asked = 0

    async def counted(request: server.Request) -> server.StreamResponse:
        nonlocal asked
        asked += 1
        return await slow(request)

    async with an_engine(counted, seconds=0.1) as engine:
        services.relay._engine = engine
        for number in range(12):
            await sms(services, f"question {number}", sender=f"+3363998{number:04d}")
    assert asked < 12, "the breaker never opened"


class Poisoned:
    """An engine whose code crashes on one word."""

    async def answer(self, turn: Turn) -> EngineAnswer:
        if "poison" in (turn.text or ""):
            raise ZeroDivisionError
        return EngineAnswer((Reply(f"Réponse à {turn.text}"),), state={"slots": {}})

    async def healthy(self) -> bool:
        return True

    async def close(self) -> None:
        return None


async def test_a_message_that_always_crashes_is_answered_once_and_the_others_are_not_touched(helpline: Helpline) -> None:
    services, _ = helpline
    services.relay._engine = Poisoned()
    ill, well = await services.chat.open_session(), await services.chat.open_session()
    poisoned = await web(services, ill, "du poison", key="k1")
    assert len(poisoned.messages) == 1 and "poison" not in poisoned.messages[0].text
    assert [item.text for item in (await web(services, well, "bonjour")).messages] == ["Réponse à bonjour"]
    assert [item.text for item in (await web(services, ill, "et après")).messages] == ["Réponse à et après"]
    assert (await web(services, ill, "du poison", key="k1")).messages[0].id == poisoned.messages[0].id
    assert await services.relay.recover() == 0


async def test_a_message_that_crashes_our_own_deciding_is_kept_and_its_author_told(
    helpline: Helpline, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, _ = helpline
    session = await services.chat.open_session()

    def crash(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(type(services.relay._intake), "_decide", crash)
    answer = await web(services, session, "bonjour")
    assert len(answer.messages) == 1
    rows = await services.db.read(lambda row: list(row.scalars(select(Message).where(Message.author == "citizen"))))
    assert [(row.text, row.state, row.failure) for row in rows] == [("bonjour", MessageState.ANSWERED, "crashed")]


async def test_one_conversation_that_cannot_be_answered_does_not_stop_the_recovery_of_the_others(
    helpline: Helpline, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, _ = helpline
    bad, good = [await services.chat.open_session() for _ in range(2)]
    for session in (bad, good):
        await services.relay.accept(Incoming("web", "bonjour", token=session.token, client_id="k1"))
    real = services.relay.answer_pending

    async def failing(conversation_id: str) -> object:
        if conversation_id == bad.session_id:
            raise ZeroDivisionError
        return await real(conversation_id)

    monkeypatch.setattr(services.relay, "answer_pending", failing)
    assert await services.relay.recover() == 2
    assert [item.author for item in (await services.chat.events(good.session_id, 1)).messages] == ["citizen", "bot"]

