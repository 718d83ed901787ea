"""A conversation under everything that can happen to it, in any order: its promises hold after every step.

State plus events equals a fresh load; one owner; no bot while a person has it; the order is kept; nobody is left unanswered.
"""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Coroutine
from datetime import timedelta
from pathlib import Path
from typing import Any, TypeVar

import time_machine
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule, run_state_machine_as_test

from channels.case.views import MessageView, OpenedSession
from channels.errors import HelplineError
from channels.messages import Incoming
from channels.people.principal import Principal
from channels.services import Services
from channels.store import threads
from clock import now
from tests.faults.dying import open_services

T = TypeVar("T")
# The long form is `make soak`: FUZZ_MACHINES=100.
MACHINES = int(os.environ.get("FUZZ_MACHINES", "10"))
NAMES = st.sampled_from(["Anne", "Bruno"])


class World:
    """One helpline for all the conversations of the machine: services, two advisors, an event loop."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="parcours-machine-"))
        self.runner = asyncio.Runner()
        self.services, _ = open_services(self.folder)
        self.advisors = {name: self.run(self._advisor(name)) for name in ("Anne", "Bruno")}

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """The result of a coroutine."""
        return self.runner.run(work)

    async def _advisor(self, name: str) -> Principal:
        email = f"{name.lower()}@exemple.fr"
        await self.services.accounts.create(email, "conseiller", name=name)
        return await self.services.accounts.by_key(await self.services.accounts.create_key(email))

    def close(self) -> None:
        """Stops everything."""
        self.run(self.services.stop())
        self.runner.close()
        shutil.rmtree(self.folder, ignore_errors=True)


class Conversation(RuleBasedStateMachine):
    """A citizen, two advisors, a clock, and a screen that follows by events only."""

    world: World

    @initialize()
    def opens(self) -> None:
        """A new conversation, a screen that knows nothing yet."""
        self.session: OpenedSession = self._run(self._services.chat.open_session())
        self.screen: list[tuple[int, str, str]] = []
        self.seen, self.sent, self.shift = 0, 0, timedelta(0)
        self.human_from: int | None = None
        self.answers: dict[str, list[str]] = {}

    @rule(text=st.sampled_from(["comment devenir coiffeuse ?", "et à Caen ?", "oui", "non", "1", "merci", "/restart", "STOP"]))
    def says(self, text: str) -> None:
        """A new message."""
        self.sent += 1
        self._receive(f"k{self.sent}", text)

    @precondition(lambda self: self.sent)
    @rule(back=st.integers(0, 5))
    def repeats(self, back: int) -> None:
        """The line was cut: the same message again, with the same key."""
        key = f"k{max(1, self.sent - back)}"
        before = self._last_seq()
        answer = self._run(self._services.relay.receive(Incoming("web", "autre chose", token=self.session.token, client_id=key)))
        assert self._last_seq() == before, "a repetition changed something"
        assert [item.id for item in answer.messages] == self.answers[key]

    @rule()
    def asks_for_a_person(self) -> None:
        """In one step, from any point."""
        self.sent += 1
        self._receive(f"k{self.sent}", "je veux parler à un conseiller")
        assert self._mode() in {"queued", "human", "callback"}

    @rule(name=NAMES)
    def claims(self, name: str) -> None:
        """Whoever is first has it."""
        self._as(name, "claim")

    @rule(name=NAMES, text=st.sampled_from(["Bonjour, je vous aide.", "Voici la fiche."]))
    def replies(self, name: str, text: str) -> None:
        """Only its owner may."""
        owner, mode = self._owner(), self._mode()
        done = self._as(name, "reply", text)
        assert done == (owner == name and mode == "human"), f"{name} spoke: {done}, owner {owner}, mode {mode}"

    @rule(name=NAMES, to=NAMES)
    def transfers(self, name: str, to: str) -> None:
        """To a colleague, or to oneself."""
        self._as(name, "transfer", self.world.advisors[to].account_id)

    @rule(name=NAMES)
    def gives_back(self, name: str) -> None:
        """To the bot."""
        self._as(name, "return_to_bot")

    @rule(name=NAMES)
    def closes(self, name: str) -> None:
        """With an outcome."""
        self._as(name, "close", "informe")

    @rule(name=NAMES)
    def takes_over(self, name: str) -> None:
        """From the bot, without being asked."""
        self._try(self._services.cases.take_over(self.world.advisors[name], self.session.session_id))

    @rule(name=NAMES)
    def two_claim_at_once(self, name: str) -> None:
        """At the very same moment: one of them, at most."""
        case = self._case_id()
        if case is None:
            return

        async def both() -> list[object]:
            claims = (self._services.cases.claim(advisor, case) for advisor in self.world.advisors.values())
            return await asyncio.gather(*claims, return_exceptions=True)

        free = self._owner() is None
        won = [item for item in self._run(both()) if not isinstance(item, BaseException)]
        assert len(won) <= 2 and (not free or len(won) <= 1)

    @rule(name=NAMES)
    def an_advisor_steps_in_while_the_engine_thinks(self, name: str) -> None:
        """The late answer is kept and shown to nobody."""
        self.sent += 1
        key = f"k{self.sent}"

        async def race() -> Any:
            message = Incoming("web", "une question", token=self.session.token, client_id=key)
            answering = asyncio.ensure_future(self._services.relay.receive(message))
            stepping = asyncio.ensure_future(self._services.cases.take_over(self.world.advisors[name], self.session.session_id))
            await asyncio.gather(stepping, return_exceptions=True)
            return await answering

        self.answers[key] = [item.id for item in self._run(race()).messages]

    @rule(minutes=st.sampled_from([1, 20, 90]))
    def time_passes(self, minutes: int) -> None:
        """Waiting people are looked after, cases expire."""
        self.shift += timedelta(minutes=minutes)
        self._run(self._services.tending.round())

    @rule()
    def the_gateway_recovers(self) -> None:
        """As after a crash: nothing is left to answer."""
        self._run(self._services.relay.recover())

    @rule(limit=st.integers(1, 3))
    def the_screen_catches_up(self, limit: int) -> None:
        """A few events at a time, from where it was."""
        events = self._run(self._services.chat.events(self.session.session_id, self.seen, limit))
        self.screen += map(_shown, events.messages)
        self.seen = events.next

    @invariant()
    def state_plus_events_is_a_fresh_load(self) -> None:
        """What the screen gathered is what a new one would show, as far as it has read."""
        fresh = [item for item in self._fresh() if item.seq <= self.seen]
        assert self.screen == [_shown(item) for item in fresh]

    @invariant()
    def the_order_is_kept(self) -> None:
        """Numbers only grow, and the citizen's messages stand in the order in which they were sent."""
        numbers = [item.seq for item in self._fresh()]
        assert numbers == sorted(set(numbers))

    @invariant()
    def no_bot_while_a_person_has_it(self) -> None:
        """Nothing authored by the bot appears between a claim and the end of it."""
        human = self._mode() == "human"
        if human and self.human_from is None:
            self.human_from = self._last_seq()
        if human and self.human_from is not None:
            assert not [item for item in self._fresh() if item.author == "bot" and item.seq > self.human_from]
        if not human:
            self.human_from = None

    @invariant()
    def nobody_is_left_unanswered(self) -> None:
        """Every message is answered or with a person."""
        waiting = self._run(self._services.db.read(lambda session: _unanswered(session, self.session.session_id)))
        assert waiting == 0

    def _receive(self, key: str, text: str) -> None:
        answer = self._run(self._services.relay.receive(Incoming("web", text, token=self.session.token, client_id=key)))
        self.answers[key] = [item.id for item in answer.messages]
        assert answer.messages or answer.mode == "human", f"« {text} » met silence in mode {answer.mode}"

    def _as(self, name: str, what: str, *given: object) -> bool:
        case = self._case_id()
        return case is not None and self._try(getattr(self._services.cases, what)(self.world.advisors[name], case, *given))

    def _try(self, work: Coroutine[Any, Any, object]) -> bool:
        try:
            self._run(work)
        except HelplineError:
            return False
        return True

    def _run(self, work: Coroutine[Any, Any, T]) -> T:
        with time_machine.travel(now() + getattr(self, "shift", timedelta(0))):
            return self.world.run(work)

    @property
    def _services(self) -> Services:
        return self.world.services

    def _fresh(self) -> list[MessageView]:
        return list(self._run(self._services.chat.events(self.session.session_id, 0, 10_000)).messages)

    def _mode(self) -> str:
        return self._run(self._services.chat.events(self.session.session_id, 0, 1)).mode

    def _last_seq(self) -> int:
        return self._run(self._services.chat.events(self.session.session_id, 0, 10_000)).next

    def _case_id(self) -> int | None:
        return self._run(self._services.cases.find_by_conversation(self.session.session_id))

    def _owner(self) -> str | None:
        case = self._case_id()
        if case is None:
            return None
        detail = self._run(self._services.cases.get(self.world.advisors["Anne"], case))
        return detail.row.owner


def _shown(item: MessageView) -> tuple[int, str, str]:
    return item.seq, item.author, item.text


def _unanswered(session: Any, conversation_id: str) -> int:
    return len(threads.pending(session, conversation_id))


def test_a_conversation_keeps_its_promises_whatever_happens() -> None:
    Conversation.world = World()
    try:
        run_state_machine_as_test(Conversation, settings=settings(
            max_examples=MACHINES, stateful_step_count=15 if MACHINES < 50 else 40, deadline=None, database=None,
            derandomize=MACHINES < 50, suppress_health_check=list(HealthCheck)))
    finally:
        Conversation.world.close()
