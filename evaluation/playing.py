"""Plays conversations on a helpline, each in a new conversation of its channel."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Protocol

import httpx

from evaluation.exchange import Exchange, Talk
from evaluation.machine_view import last_understood, needs_of, newest_row
from knowledge_base.facade import KnowledgeBase
from parcours.paths import ROOT
from tests.dialogues.people import Answer, WebCitizen
from tests.dialogues.telecom import Caller, SmsCitizen
from tests.dialogues.written import written_since
from tests.fixtures.shipped_knowledge import shipped_knowledge
from tests.fixtures.twilio_emulator import Emulator, twilio_emulator
from tests.ports import free_port
from tests.stack import running_stack

Told = Callable[[str], None]
_SLOW = {"timeout", "unavailable", "open_circuit"}  # of the engine, as the ledger names them
_CARD = ("kind", "id", "title", "subtitle", "text", "url", "source", "place")


class Person(Protocol):
    """Somebody who talks to the helpline."""

    def say(self, text: str) -> Answer:
        """Says one thing; gives all that came back."""
        ...


@dataclass(frozen=True)
class Helpline:
    """Where a helpline answers. Without `twilio` it has neither SMS nor calls; without `state_dir` nobody looks inside; without
    `knowledge` nobody knows which needs it finds."""

    url: str
    state_dir: Path | None = None
    twilio: Emulator | None = None
    knowledge: KnowledgeBase | None = None

    def person(self, channel: str) -> Person:
        """Somebody new on this channel, the conversation open."""
        if channel == "sms" and self.twilio and self.state_dir:
            return SmsCitizen(self.twilio, self.state_dir)
        citizen: WebCitizen | Caller
        if channel == "phone" and self.twilio:
            citizen = Caller(self.url)
        elif channel == "web":
            citizen = WebCitizen(self.url)
        else:
            raise ValueError(f"le canal « {channel} » demande un service lancé par cette commande (sans --url)")
        citizen.open()
        return citizen


@contextmanager
def own_helpline(*, telephone: bool) -> Iterator[Helpline]:
    """A helpline of its own, advisors present, shipped sheets, throw-away state; `telephone`: with SMS and calls."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    settings = {"PARCOURS_PORT": str(port), "PARCOURS_PUBLIC_URL": url, "PARCOURS_SMS_BATCH_SECONDS": "0.05"}
    with ExitStack() as opened:
        knowledge = opened.enter_context(_ranking())
        twilio = opened.enter_context(twilio_emulator(webhooks=url)) if telephone else None
        stack = opened.enter_context(running_stack({**settings, **(twilio.settings if twilio else {})}, shipped_knowledge()))
        yield Helpline(url, stack.state_dir, twilio, knowledge)


@contextmanager
def _ranking() -> Iterator[KnowledgeBase]:
    """The shipped sheets and what finds the needs of a message in them, learnt once a checkout; the helpline finds it there."""
    os.environ.setdefault("PARCOURS_RANKING_DIR", str(ROOT / ".state" / "tests" / "ranking"))
    with tempfile.TemporaryDirectory(prefix="parcours-evaluation-") as folder:
        shutil.copytree(shipped_knowledge(), folder, dirs_exist_ok=True)
        base = KnowledgeBase.open(f"sqlite:///{folder}/knowledge.sqlite3", Path(folder), ranks=True)
        base.needs("bonjour")
        yield base
        base.close()


def play(helpline: Helpline, talks: Sequence[Talk], tell: Told = lambda _: None) -> list[Exchange]:
    """All turns of all conversations, one after the other; a turn that fails is a record too."""
    played = []
    for number, talk in enumerate(talks, 1):
        played += list(_play_one(helpline, talk))
        if number % 25 == 0 or number == len(talks):
            tell(f"  {number}/{len(talks)}")
    return played


def play_until_answered(helpline: Helpline, talks: Sequence[Talk], tell: Told = lambda _: None, tries: int = 3) -> list[Exchange]:
    """The same for single messages; what a machine that does much else was too slow for is asked again."""
    played = {exchange.talk: exchange for exchange in play(helpline, talks, tell)}
    for _ in range(tries - 1):
        late = [talk for talk in talks if _too_slow(played[talk.id])]
        played |= {exchange.talk: exchange for exchange in play(helpline, late)}
    return [played[talk.id] for talk in talks]


def _too_slow(exchange: Exchange) -> bool:
    return exchange.failure is not None or (exchange.understood or {}).get("failure") in _SLOW


def _play_one(helpline: Helpline, talk: Talk) -> Iterator[Exchange]:
    try:
        person = helpline.person(talk.channel)
    except (AssertionError, httpx.HTTPError) as error:
        yield _exchange(talk, 1, Answer("", []), 0.0, failure=_reason(error))
        return
    yield from (_play_turn(helpline, talk, turn, person) for turn in range(1, len(talk.turns) + 1))


def _play_turn(helpline: Helpline, talk: Talk, turn: int, person: Person) -> Exchange:
    text, before = talk.turns[turn - 1], newest_row(helpline.state_dir)
    started = time.perf_counter()
    try:
        answer, failure = person.say(text), None
    except (AssertionError, httpx.HTTPError) as error:
        answer, failure = Answer("", []), _reason(error)
    seconds = time.perf_counter() - started
    played = _exchange(talk, turn, answer, seconds, failure or (None if answer.messages else "rien"))
    return replace(played, understood=_understood(helpline, text, turn, before), **_written(helpline, talk.channel, before))


def _written(helpline: Helpline, channel: str, before: int) -> dict[str, Any]:
    """What a channel without cards does not tell of its answer: what it was made from, and who has the conversation."""
    if channel == "web" or helpline.state_dir is None:
        return {}
    answer = written_since(helpline.state_dir, before)
    return {"mode": answer.mode, "written": [_whole(message) for message in answer.messages]}


def _whole(message: dict[str, Any]) -> dict[str, Any]:
    return {**{name: message[name] for name in ("author", "text", "quick_replies")}, "cards": _cards(message["cards"])}


def _cards(cards: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{name: card[name] for name in _CARD if card.get(name)} for card in cards]


def _understood(helpline: Helpline, text: str, turn: int, before: int) -> dict[str, Any] | None:
    needs = needs_of(helpline.knowledge, text) if turn == 1 else None
    told = last_understood(helpline.state_dir, before)
    return told if needs is None else {**(told or {}), "needs": needs}


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".splitlines()[0][:200]


def _exchange(talk: Talk, turn: int, answer: Answer, seconds: float, failure: str | None) -> Exchange:
    replies = [{"author": message["author"], "text": message["text"]} for message in answer.messages]
    name = talk.id if len(talk.turns) == 1 else f"{talk.id}.{turn}"
    return Exchange(name, talk.id, turn, talk.channel, talk.turns[turn - 1], replies, _cards(answer.cards), list(answer.buttons),
                    answer.mode, round(seconds, 3), None, failure, talk.about)
