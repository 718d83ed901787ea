"""The one door of the engine: `POST /webhooks/gateway/turn`, one JSON in, replies and the new state out.

Contract: see `bot/turn_request.py` (body) and `turn_answer` below. Errors are `{"error": code}` and never repeat the request.
`GET /webhooks/gateway/health` answers 200 once a model is loaded, 503 before; it needs no token and says nothing else.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.constants import DEFAULT_INTENTS
from rasa.shared.core.domain import Domain
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from bot.errors import EngineError, NotReady, TurnTimeout, Unauthorized, UnknownIntent
from bot.replies import ReplyCollector
from bot.turn import Turn, current_turn
from bot.turn_request import TurnRequest, check_token, read_turn

logger = logging.getLogger(__name__)

OnMessage = Callable[[UserMessage], Awaitable[Any]]
DEFAULT_TURN_SECONDS = 8.0


class GatewayChannel(InputChannel):  # type: ignore[misc]
    """Rasa's side of the engine client of the channels."""

    def __init__(self, token: str, turn_seconds: float = DEFAULT_TURN_SECONDS) -> None:
        """Keeps the expected bearer token and the longest time of a turn, in seconds.

        Raises:
            Unauthorized: an empty token, which would open the door to everybody.
        """
        if not token:
            raise Unauthorized("PARCOURS_ENGINE_TOKEN must not be empty")
        self._token = token
        self._turn_seconds = turn_seconds

    @classmethod
    def name(cls) -> str:
        """The channel's name in addresses and credentials."""
        return "gateway"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> GatewayChannel:
        """Built by Rasa from `credentials.yml`."""
        values = credentials or {}
        return cls(str(values.get("token") or ""), float(values.get("turn_seconds") or DEFAULT_TURN_SECONDS))

    def blueprint(self, on_new_message: OnMessage) -> Blueprint:
        """The two addresses of the channel."""
        blueprint = Blueprint("gateway_channel")
        blueprint.listener(_keep_what_is_loaded, "after_server_start")

        @blueprint.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            ready = _domain_or_none(request.app) is not None
            return json({"status": "ok" if ready else "starting"}, status=200 if ready else 503)

        @blueprint.route("/turn", methods=["POST"])
        async def turn(request: Request) -> HTTPResponse:
            try:
                check_token(request.headers.get("authorization"), self._token)
                return json(await self._answer(request, on_new_message))
            except EngineError as error:
                return json({"error": error.code}, status=error.status)
            except Exception as error:  # the net: a crash is a typed failure for the caller, without its text
                logger.error("turn failed: %s", type(error).__name__)
                return json({"error": EngineError.code}, status=EngineError.status)

        return blueprint

    async def _answer(self, request: Request, on_new_message: OnMessage) -> dict[str, Any]:
        started = time.perf_counter()
        asked = read_turn(request.body)
        domain = _domain(request.app)
        turn = Turn(asked.state.with_slots({**asked.slots, "channel": asked.channel}), asked.vector)
        collector = ReplyCollector()
        message = user_message(asked, collector, domain)
        try:
            await self._run(turn, on_new_message, message)
        except Exception as error:
            # By this random id an operator follows one conversation through the logs of all processes.
            logger.error("conversation %s: turn ended by %s", asked.conversation_id, type(error).__name__)
            raise
        return turn_answer(turn, collector, time.perf_counter() - started)

    async def _run(self, turn: Turn, on_new_message: OnMessage, message: UserMessage) -> None:
        reset = current_turn.set(turn)
        try:
            await asyncio.wait_for(on_new_message(message), self._turn_seconds)
        except TimeoutError as error:
            raise TurnTimeout("turn took too long") from error
        finally:
            current_turn.reset(reset)
        if turn.failure is not None:
            raise EngineError("the state could not be written") from turn.failure


def user_message(asked: TurnRequest, collector: ReplyCollector, domain: Domain) -> UserMessage:
    """Rasa's message for a turn. A button skips the understanding: its act is given; needs are metadata, which the actions read.

    Raises:
        UnknownIntent: the intent is not in the domain, or is one of Rasa's own commands.
    """
    known: dict[str, Any] = {"input_channel": asked.channel, "metadata": {"needs": asked.needs} if asked.needs else {}}
    if asked.intent is None:
        return UserMessage(asked.text, collector, asked.conversation_id, **known)
    if asked.intent not in domain.intents or asked.intent in DEFAULT_INTENTS:
        raise UnknownIntent("no such intent")
    intent = {"name": asked.intent, "confidence": 1.0}
    parsed = {"text": "", "intent": intent, "entities": [], "intent_ranking": [intent]}
    return UserMessage("", collector, asked.conversation_id, parse_data=parsed, **known)


def turn_answer(turn: Turn, collector: ReplyCollector, seconds: float) -> dict[str, Any]:
    """`{"replies", "intent", "ranking", "state", "elapsed_ms"}`; no replies means that the turn failed."""
    state = turn.after or turn.before
    return {"replies": collector.replies, "intent": dict(turn.intent), "ranking": turn.ranking,
            "state": state.to_wire(), "elapsed_ms": round(seconds * 1000, 2)}


async def _keep_what_is_loaded(_app: Sanic, _loop: asyncio.AbstractEventLoop) -> None:
    # The model and the libraries stay until the end: no collection has to walk through them in the middle of a turn.
    gc.collect()
    gc.freeze()


def _domain_or_none(app: Sanic) -> Domain | None:
    agent = getattr(app.ctx, "agent", None)
    return agent.domain if agent is not None and agent.is_ready() else None


def _domain(app: Sanic) -> Domain:
    domain = _domain_or_none(app)
    if domain is None:
        raise NotReady("no model loaded")
    return domain
