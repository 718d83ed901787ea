"""Wires the services together, without any web framework: the gateway, the command line and tests open them the same way."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cache, partial
from pathlib import Path

import structlog

from channels.agenda.telling import SignUpTelling
from channels.agenda.tending import EVERY as SIGN_UPS_EVERY
from channels.agenda.tending import SignUpTending
from channels.case.callbacks import Callbacks
from channels.case.handover import Handoff
from channels.case.reminding import Reminding
from channels.case.service import Cases
from channels.case.tending import Tending
from channels.conversation.care import FILE as WATCH
from channels.conversation.care import Care
from channels.conversation.chat import Chat
from channels.conversation.commands import Commands
from channels.conversation.distress_texts import DistressTexts
from channels.conversation.engine import Engine, HttpEngine
from channels.conversation.fanout import Fanout, LocalFanout
from channels.conversation.forms.base import Form
from channels.conversation.forms.callback import CallbackForm
from channels.conversation.forms.erase import EraseForm
from channels.conversation.forms.feedback import FeedbackForm
from channels.conversation.forms.recap import RecapForm
from channels.conversation.forms.sign_up import SignUpForm
from channels.conversation.intake import Intake, thread_of
from channels.conversation.locks import LocalLocks, Locks
from channels.conversation.posting import Poster
from channels.conversation.redis_fanout import RedisFanout
from channels.conversation.redis_locks import RedisLocks
from channels.conversation.relay import Relay
from channels.conversation.settling import Settling
from channels.conversation.wants_person import Wishes, shipped_wishes
from channels.conversation.wording import Wording
from channels.delivery.alert_list import Alerts
from channels.delivery.alerting import Alerting
from channels.delivery.mail import MailSender
from channels.delivery.opt_outs import OptOuts
from channels.delivery.outbox import Outbox
from channels.hours.opening import Opening
from channels.hours.week import FILE as OPENING_FILE
from channels.hours.week import Hours
from channels.migrations import make_or_need_current
from channels.people.account_access import AccountAccess
from channels.people.accounts import Accounts
from channels.people.canned import Canned
from channels.people.duty import DutyRota
from channels.people.open_sessions import OpenSessions
from channels.people.second_factor import SecondFactor
from channels.people.teams import Teams
from channels.ports import Ports
from channels.privacy.audit import Audit
from channels.privacy.crypto import Keyring
from channels.privacy.key_check import keys_fit
from channels.privacy.nightly import NightlyPurge
from channels.privacy.persons import Persons
from channels.privacy.retention import Retention
from channels.safety.hearing import Ear, shipped_ear
from channels.sentences import Sentences
from channels.settings import Settings
from channels.store.database import Database
from channels.store.ledger import Ledger
from knowledge_base.agenda.store import find_session
from knowledge_base.database import open_engine

log = structlog.get_logger(__name__)
_SWEEP_EVERY = 60.0  # seconds
_SETTINGS_EVERY = 5.0  # seconds: hours set through another gateway are answered from within ten
_STUCK_AFTER = 30.0  # seconds a message may wait for its answer before the sweep takes it up
_TEND_EVERY = 20.0  # seconds between two looks after cases and promised calls
_PURGE_ASKED_EVERY = 300.0  # it runs once a night (channels/privacy/nightly.py)


@dataclass
class Services:
    """Everything a transport may call. Make it with `open`."""

    settings: Settings
    db: Database
    keys: Keyring
    fanout: Fanout
    sentences: Sentences
    wording: Wording
    hours: Hours
    engine: Engine
    ports: Ports
    poster: Poster
    handoff: Handoff
    relay: Relay
    chat: Chat
    cases: Cases
    callbacks: Callbacks
    alerts: Alerts
    accounts: Accounts
    sessions: OpenSessions
    canned: Canned
    persons: Persons
    opt_outs: OptOuts
    outbox: Outbox
    retention: Retention
    audit: Audit
    safety: Ear
    tending: Tending
    reminding: Reminding
    opening: Opening
    teams: Teams
    account_access: AccountAccess
    second_factor: SecondFactor
    duty: DutyRota
    locks: Locks
    _tasks: list[asyncio.Task[None]] = field(default_factory=list)
    _regular: list[tuple[str, float, Callable[[], Awaitable[object]]]] = field(default_factory=list)
    _closing: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    @classmethod
    def open(cls, settings: Settings, engine: Engine | None = None, keys: Keyring | None = None) -> Services:
        """Makes a new database and wires the services; one of another version is refused. No worker runs until `start`."""
        settings.state_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        make_or_need_current(settings.conversations_url)
        keys, sentences = keys or Keyring.from_settings(settings), _sentences()
        fanout, locks = _between_processes(settings.redis_url)
        ledger = Ledger(settings.erasures)
        ledger.check()
        db = Database(settings.conversations_url, keys, fanout, ledger)
        db.write_now(lambda session: keys_fit(session, keys))
        wording = Wording(sentences)
        hours = Hours(settings.opening, Path(settings.opening_file) if settings.opening_file else OPENING_FILE)
        engine = engine or HttpEngine(settings.engine_base, settings.engine_token, settings.engine_timeout)
        alerting = Alerting(settings, sentences)
        agenda = open_engine(settings.knowledge_url)
        find = partial(find_session, agenda)
        ports, safety, outbox = Ports(), shipped_ear(settings.state_dir / "models"), Outbox(db, alerting)
        outbox.register(MailSender(settings.smtp_url))
        poster = Poster(ports, sentences.text("relay.sms_greeting"))
        handoff = Handoff(settings, hours, wording, alerting)
        sign_ups = SignUpTelling(wording, poster, thread_of)
        forms = _forms(settings, hours, wording, handoff, SignUpForm(wording, settings, sign_ups, find))
        commands = Commands(wording, handoff, forms, sign_ups)
        care = Care(safety, handoff, DistressTexts(wording, hours), wording, _watch(), settings.distress_watch_hours)
        intake = Intake(settings, care, shipped_wishes(), commands, poster, wording)
        relay = Relay(db, engine, intake, Settling(commands, poster, wording, care), locks)
        opened = cls(
            settings, db, keys, fanout, sentences, wording, hours, engine, ports, poster, handoff, relay,
            Chat(db, settings, poster, wording), Cases(db, poster, wording), Callbacks(db, hours, poster, wording),
            Alerts(db), Accounts(db), OpenSessions(db, timedelta(minutes=settings.console_idle_minutes)),
            Canned(db), Persons(db), OptOuts(db), outbox, Retention(db, settings), Audit(db), safety,
            Tending(db, handoff, poster, alerting), Reminding(db, settings, alerting, poster, wording),
            Opening(db, hours), Teams(db), AccountAccess(db), SecondFactor(db),
            DutyRota(db, settings, alerting), locks)
        opened.opening.load_now()
        opened.at_stop(partial(asyncio.to_thread, agenda.dispose))
        opened.every("sign_ups", SIGN_UPS_EVERY, SignUpTending(db, sign_ups, find).round)
        opened.every("opening", _SETTINGS_EVERY, opened.opening.load)
        opened.every("tending", _TEND_EVERY, opened.tending.round)
        opened.every("reminding", _TEND_EVERY, opened.reminding.round)
        opened.every("purge", _PURGE_ASKED_EVERY, NightlyPurge(db, opened.retention, settings.purge_hour).round)
        opened.every("alerts", _TEND_EVERY, lambda: db.write(alerting.escalate))
        return opened

    def every(self, name: str, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
        """A transport's regular work, from `start` (after one interval) to `stop`."""
        self._regular.append((name, seconds, work))

    def at_stop(self, close: Callable[[], Awaitable[None]]) -> None:
        """What a transport closes at the end."""
        self._closing.append(close)

    async def start(self) -> None:
        """Starts the outbox workers, the recovery of what a crash left, and the regular work."""
        await self.outbox.start()
        self._tasks = [asyncio.create_task(self._sweep()),
                       *(asyncio.create_task(_regularly(self.locks, *item)) for item in self._regular)]

    async def stop(self) -> None:
        """Stops the workers and closes engine and database."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self.relay.stop()
        await self.outbox.stop()
        for close in self._closing:
            await close()
        await self.engine.close()
        await self.fanout.close()
        await self.locks.close()
        await asyncio.to_thread(self.db.close)

    async def _sweep(self) -> None:
        # At start everything unanswered is a crash's; later only what has waited too long.
        older_than = 0.0
        while True:
            await _quietly("recovery", self.relay.recover(older_than))
            older_than = _STUCK_AFTER
            self.db.note_late()
            if self.db.traces_left:
                await asyncio.to_thread(self.db.forget_traces)
            await asyncio.sleep(_SWEEP_EVERY)


@cache
def _watch() -> Wishes:
    return Wishes(WATCH)


@cache
def _sentences() -> Sentences:
    return Sentences()


async def _regularly(locks: Locks, name: str, seconds: float, work: Callable[[], Awaitable[object]]) -> None:
    while True:
        await asyncio.sleep(seconds)
        async with locks.hold(f"regular:{name}"):  # never in two gateways at the same time
            await _quietly(name, work())


async def _quietly(name: str, work: Awaitable[object]) -> None:
    try:
        await work
    except Exception as error:  # a busy database today must not end the care of tomorrow
        log.error("background_failed", task=name, error=type(error).__name__)


def _between_processes(redis_url: str | None) -> tuple[Fanout, Locks]:
    return (RedisFanout(redis_url), RedisLocks(redis_url)) if redis_url else (LocalFanout(), LocalLocks())


def _forms(settings: Settings, hours: Hours, wording: Wording, handoff: Handoff, sign_up: SignUpForm) -> dict[str, Form]:
    forms: tuple[Form, ...] = (CallbackForm(wording, hours, handoff, settings), RecapForm(wording, settings),
                               FeedbackForm(wording), EraseForm(wording), sign_up)
    return {form.name: form for form in forms}
