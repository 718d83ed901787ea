"""The action server: rasa_sdk's executor inside FastAPI, on loopback, with the one error net.

Another program of the machine can reach the port: a call without the engine's token, or longer than any turn is, is refused
before it is read.

An action that crashes answers with a fallback sentence and the offer of a person. The log then holds the action's
name and the type of the error, never the request: it carries what a citizen wrote.
"""

from __future__ import annotations

import asyncio
import json
import logging
import os
import time
from collections.abc import Callable
from datetime import date
from hmac import compare_digest
from typing import Any

from fastapi import FastAPI, Request, Response
from rasa_sdk.executor import ActionExecutor

import clock
from actions.catalogue import all_actions
from actions.knowledge import KnowledgeLike
from actions.reply import OFFER_PERSON, Reply
from actions.runtime import Runtime
from actions.voice import Voice

logger = logging.getLogger("actions")
TOKEN_HEADER, TOKEN_VARIABLE = "x-parcours-token", "PARCOURS_ENGINE_TOKEN"
MOST_BYTES = 2 * 1024 * 1024  # a tracker of a long conversation has some 100 kB


class Freshness:
    """When to ask whether the content changed: once a second is well within the ten that an editor is promised."""

    EVERY = 1.0  # seconds

    def __init__(self) -> None:
        self._asked = float("-inf")

    def due(self) -> bool:
        """True at most once per period."""
        now = time.monotonic()
        if now - self._asked < self.EVERY:
            return False
        self._asked = now
        return True


def app_around(kb: KnowledgeLike, voice: Voice | None = None, today: Callable[[], date] = clock.today, *,
               token: str = "") -> FastAPI:
    """The action server around an open knowledge base. POST /webhook (Rasa's call, with `token`) and GET /health."""
    runtime = Runtime(kb=kb, voice=voice or Voice.load(), today=today)
    executor, freshness = ActionExecutor(), Freshness()
    for action in all_actions(runtime):
        executor.register_action(action)
    app = FastAPI(title="Actions de Parcours-Métiers", docs_url=None, redoc_url=None, openapi_url=None)

    @app.post("/webhook")
    async def webhook(request: Request) -> Response:
        if not compare_digest(request.headers.get(TOKEN_HEADER, "").encode(), token.encode()):
            return _json({"error": "unauthorized"}, status=401)
        body = await _body_of(request)
        if body is None:
            return _json({"error": "too_large"}, status=413)
        call = _call_in(body)
        if call is None:
            return _json({"error": "bad_request"}, status=400)
        return _json(await _answer(executor, runtime, freshness, call))

    @app.get("/health")
    async def health() -> Response:
        return _json({"status": "ok", "actions": len(executor.actions)})

    return app


def create_app() -> FastAPI:
    """The application as the launcher starts it: settings from the environment, knowledge base opened once."""
    # Imported here: a test that brings its own knowledge base opens no database and no index.
    from knowledge_base.facade import KnowledgeBase
    from knowledge_base.settings import KnowledgeSettings

    settings, token = KnowledgeSettings(), os.environ.get(TOKEN_VARIABLE, "")
    if not token:
        raise RuntimeError(f"{TOKEN_VARIABLE} must be set: the engine's calls carry it")
    kb = KnowledgeBase.open(settings.knowledge_url, settings.state_dir, helpline_number=settings.helpline_number, ranks=True)
    # The encoder of sentences takes a second to wake up: not at the expense of whoever asks first.
    kb.needs("c’est quoi la VAE")
    return app_around(kb, token=token)


async def _answer(executor: ActionExecutor, runtime: Runtime, freshness: Freshness, call: dict[str, Any]) -> dict[str, Any]:
    """Runs the action; whatever it raises ends here, in an answer."""
    try:
        if freshness.due():
            await asyncio.to_thread(runtime.kb.refresh_soon)
        result = await executor.run(call)
    except Exception as error:  # the one error net: see the module's docstring
        logger.error("action %s failed in conversation %s: %s", call["next_action"], _conversation(call), type(error).__name__)
        return {"events": [], "responses": [_apology(runtime.voice)]}
    return dict(result or {"events": [], "responses": []})


def _conversation(call: dict[str, Any]) -> str:
    """Its id: random, it says nothing about the person."""
    return str(call.get("sender_id") or "?")[:40]


async def _body_of(request: Request) -> bytes | None:
    """The body, or None once more than a turn's size has come, announced or not."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > MOST_BYTES:
            return None
    return body


def _call_in(body: bytes) -> dict[str, Any] | None:
    """Rasa's call, or None when it is none. The domain may be left out: no action reads it."""
    try:
        call = json.loads(body)
    except ValueError:
        return None
    if not isinstance(call, dict) or not isinstance(call.get("next_action"), str) or "tracker" not in call:
        return None
    call["domain"] = call.get("domain") or {}
    return call


def _apology(voice: Voice) -> dict[str, Any]:
    said = voice.say("action_failed")
    reply = Reply(said.text, sms=said.sms, spoken=said.spoken, command=OFFER_PERSON, handover=1, understood=False)
    return {"custom": reply.wire()}


def _json(content: dict[str, Any], status: int = 200) -> Response:
    body = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
    return Response(body, status_code=status, media_type="application/json")
