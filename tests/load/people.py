"""People who ask at the same time: each waits for the answer before the next question, as people do."""

from __future__ import annotations

import asyncio
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field

import aiohttp

# Each of these is a full turn with a look-up in the knowledge base.
QUESTIONS = (
    "c'est quoi le métier de boulanger", "jve devenir coiffeuse cmt faire", "quel diplôme pour être aide-soignant",
    "c'est quoi la VAE", "cap patisserie pres de dieppe", "on bosse la nuit quand on est infirmier",
    "mission locale vernon", "les métiers proches de soudeur",
)


@dataclass
class Load:
    """What a load measured: latencies in milliseconds, turns per second."""

    people: int
    latencies: list[float] = field(default_factory=list)
    seconds: float = 0.0
    failures: int = 0

    @property
    def turns_per_second(self) -> float:
        return len(self.latencies) / self.seconds if self.seconds else 0.0

    @property
    def p50(self) -> float:
        return statistics.median(self.latencies)

    @property
    def p95(self) -> float:
        return statistics.quantiles(self.latencies, n=20)[18]


# A conversation that never ends: with five questions in turn, the 5th and the 60th message are the same one.
LONG_TALK = (
    "c'est quoi le métier de boulanger", "et le salaire ?", "comment devenir boulanger", "et à Caen ?", "on bosse la nuit ?",
)
EARLY, LATE = 5, 60


@dataclass
class LongTalk:
    """The times of the 5th and of the 60th turn of conversations, in milliseconds."""

    early: list[float] = field(default_factory=list)
    late: list[float] = field(default_factory=list)

    @property
    def growth(self) -> float:
        """How much dearer the 60th turn is than the 5th (medians)."""
        return statistics.median(self.late) / statistics.median(self.early)


Ask = Callable[[str], Awaitable[bool]]
Enter = Callable[[aiohttp.ClientSession], Awaitable[Ask]]


async def load(enter: Enter, people: int, turns: int, questions: Sequence[str] = QUESTIONS) -> Load:
    """`people` conversations at once, `turns` questions each. `enter` opens one conversation."""
    result = Load(people)
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as http:
        asks = await asyncio.gather(*(enter(http) for _ in range(people)))
        started = time.perf_counter()
        await asyncio.gather(*(_one_person(ask, turns, number, questions, result) for number, ask in enumerate(asks)))
        result.seconds = time.perf_counter() - started
    return result


async def long_talk(enter: Enter, conversations: int) -> LongTalk:
    """Some conversations of sixty messages, one after the other, nobody else talking."""
    times = LongTalk()
    async with aiohttp.ClientSession() as http:
        for _ in range(conversations):
            ask = await enter(http)
            for turn in range(1, LATE + 1):
                started = time.perf_counter()
                await ask(LONG_TALK[(turn - 1) % len(LONG_TALK)])
                elapsed = (time.perf_counter() - started) * 1000
                if turn == EARLY:
                    times.early.append(elapsed)
                if turn == LATE:
                    times.late.append(elapsed)
    return times


async def _one_person(ask: Ask, turns: int, offset: int, questions: Sequence[str], result: Load) -> None:
    for turn in range(turns):
        started = time.perf_counter()
        answered = await ask(questions[(offset + turn) % len(questions)])
        result.latencies.append((time.perf_counter() - started) * 1000)
        result.failures += not answered


def helpline(base_url: str) -> Enter:
    """Conversations through our gateway's web chat; every message is stored."""

    async def enter(http: aiohttp.ClientSession) -> Ask:
        async with http.post(f"{base_url}/api/chat/sessions", json={}) as answer:
            token = (await answer.json())["token"]

        async def ask(text: str) -> bool:
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": str(uuid.uuid4())}
            async with http.post(f"{base_url}/api/chat/messages", json={"text": text}, headers=headers) as answer:
                return answer.status == 200 and bool((await answer.json())["messages"])

        return ask

    return enter


def starter_bot(base_url: str, *, own_words: bool = False) -> Enter:
    """Conversations over the REST channel of Rasa's own starter bot. It is told « hello », which runs a custom action, or, with
    `own_words`, what people say."""

    async def enter(http: aiohttp.ClientSession) -> Ask:
        sender = uuid.uuid4().hex

        async def ask(text: str) -> bool:
            body = {"sender": sender, "message": text if own_words else "hello"}
            async with http.post(f"{base_url}/webhooks/rest/webhook", json=body) as answer:
                return answer.status == 200 and bool(await answer.json())

        return ask

    return enter
