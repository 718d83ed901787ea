"""The client of the engine (Rasa): one turn in, replies and a new state out. It never sees a number, a name or an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

import aiohttp
import structlog

from channels.conversation.breaker import Breaker
from channels.errors import EngineFailure
from channels.messages import Json, Reply

log = structlog.get_logger(__name__)
_IDLE_CONNECTIONS = 64


@dataclass(frozen=True, slots=True)
class Turn:
    """What the engine is asked: a text, or the payload of a button; `state` as it was handed out at the turn before.

    `needs`: what the knowledge base found in the message, carried to the actions; `vector`: the text's, base64 of 512 float16.
    """

    conversation_id: str
    channel: str
    text: str | None = None
    payload: Mapping[str, Any] | None = None
    state: Any | None = None
    needs: Mapping[str, Any] | None = None
    vector: str | None = None

    def wire(self) -> Json:
        """The body of POST /webhooks/gateway/turn."""
        said: Json = {"payload": dict(self.payload)} if self.payload is not None else {"text": self.text or ""}
        if self.payload is None and self.vector is not None:
            said["vector"] = self.vector
        if self.needs is not None:
            said["needs"] = dict(self.needs)
        return {"conversation_id": self.conversation_id, "channel": self.channel, "state": self.state, **said}


@dataclass(frozen=True, slots=True)
class EngineAnswer:
    """What the engine said: at least one reply, the intent it saw, the state to hand back next time."""

    replies: tuple[Reply, ...]
    intent: str | None = None
    confidence: float | None = None
    ranking: tuple[Json, ...] = ()
    state: Any | None = field(default=None)

    @property
    def understood(self) -> bool:
        """False when every reply is a fallback."""
        return any(reply.understood for reply in self.replies)


class Engine(Protocol):
    """Whoever answers turns: the real one, or a fake in tests."""

    async def answer(self, turn: Turn) -> EngineAnswer:
        """Answers one turn.

        Raises:
            EngineFailure: no usable answer.
        """
        ...

    async def healthy(self) -> bool:
        """True when a turn would be answered."""
        ...

    async def close(self) -> None:
        """Frees the connections."""
        ...


class HttpEngine:
    """The engine over HTTP, connections kept alive, guarded by a circuit breaker."""

    def __init__(self, base: str, token: str, timeout: float = 8.0, breaker: Breaker | None = None) -> None:
        self._base, self._token = base, token
        self._timeout = aiohttp.ClientTimeout(total=timeout, connect=2.0)
        self._breaker = breaker or Breaker()
        self._client: aiohttp.ClientSession | None = None

    async def answer(self, turn: Turn) -> EngineAnswer:
        """Answers one turn; EngineFailure tells why not."""
        if not self._breaker.allow():
            raise EngineFailure("open_circuit")
        try:
            found = await self._ask(turn)
        except EngineFailure as failure:
            # An action that crashes on one message must not close the road to everybody else.
            self._breaker.succeeded() if failure.reason in {"error", "empty"} else self._breaker.failed()
            raise
        except BaseException:
            self._breaker.failed()
            raise
        self._breaker.succeeded()
        return found

    async def _ask(self, turn: Turn) -> EngineAnswer:
        try:
            async with self._session().post("/webhooks/gateway/turn", json=turn.wire()) as response:
                if response.status != 200:
                    raise EngineFailure("error")
                data = await response.json()
        except TimeoutError as error:
            raise EngineFailure("timeout") from error
        except (aiohttp.ClientError, ValueError, OSError) as error:
            raise EngineFailure("unavailable") from error
        return read_answer(data)

    async def healthy(self) -> bool:
        """Asks the engine's own health page."""
        try:
            async with self._session().get("/webhooks/gateway/health", timeout=aiohttp.ClientTimeout(total=2)) as response:
                return response.status == 200
        except (aiohttp.ClientError, TimeoutError, OSError):
            return False

    async def close(self) -> None:
        """Closes the kept connections."""
        if self._client is not None:
            await self._client.close()
            self._client = None

    def _session(self) -> aiohttp.ClientSession:
        # Made at first use: an aiohttp session belongs to the loop it is made on.
        if self._client is None:
            self._client = aiohttp.ClientSession(
                self._base, timeout=self._timeout, headers={"Authorization": f"Bearer {self._token}"},
                connector=aiohttp.TCPConnector(limit=_IDLE_CONNECTIONS))
        return self._client


def read_answer(data: Any) -> EngineAnswer:
    """Reads the engine's JSON.

    Raises:
        EngineFailure: not the agreed form, or no reply with a text.
    """
    try:
        replies = tuple(reply for item in data["replies"] if (reply := Reply.from_wire(item)).text or reply.command)
        intent = data.get("intent") or {}
        answer = EngineAnswer(replies, intent.get("name"), intent.get("confidence"),
                              tuple(data.get("ranking") or ()), data.get("state"))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise EngineFailure("error") from error
    if not answer.replies:
        raise EngineFailure("empty")
    return answer
