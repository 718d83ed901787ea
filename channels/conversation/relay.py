"""One message, end to end: written down once, decided, answered by the engine outside any transaction, checked, delivered."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import TypeVar

import structlog
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from channels.case.views import Accepted, Answer, MessageView, Thread
from channels.conversation.engine import Engine, EngineAnswer
from channels.conversation.intake import Intake, TakenIn, thread_of
from channels.conversation.locks import LocalLocks, Locks
from channels.conversation.settling import Question, Settled, Settling
from channels.errors import EngineFailure, HelplineError, NotFound
from channels.messages import Channel, Incoming, Reply
from channels.operation import metrics
from channels.privacy.crypto import new_id
from channels.store import threads
from channels.store.database import Database
from channels.store.models import Author, Message
from clock import now

log = structlog.get_logger(__name__)
T = TypeVar("T")
_ROUNDS = 4  # an answer that comes too late is computed again, at most that often
_RETRIES = 3
_LONGEST_PAUSE = 4  # times the delay: somebody who never stops writing is answered all the same


class Relay:
    """Receives every message of every channel. Holds no truth: all of it is in the database."""

    def __init__(self, db: Database, engine: Engine, intake: Intake, settling: Settling, locks: Locks | None = None) -> None:
        self._db, self._engine, self._intake, self._settling = db, engine, intake, settling
        self._locks: Locks = locks or LocalLocks()
        self._tasks: dict[str, asyncio.Task[None]] = {}
        self._waiting_since: dict[str, float] = {}

    async def receive(self, incoming: Incoming) -> Answer:
        """Stores the message once and gives its answer; the same message again gives the same answer."""
        started = perf_counter()
        taken, question = await self._take_in(incoming)
        answer = _answer(taken)
        if taken.pending:
            answer = await self._answered(answer, await self._answer_all(answer.conversation_id, question))
        metrics.TURN_SECONDS.labels(incoming.channel).observe(perf_counter() - started)
        return answer

    async def accept(self, incoming: Incoming) -> Answer:
        """Stores the message and does all that needs no engine; `pending` says that the engine is still to be asked."""
        taken, _ = await self._take_in(incoming)
        return _answer(taken)

    def answer_later(self, conversation_id: str, delay: float = 0.0) -> None:
        """Answers what is pending in the background; each new message of the same person starts the delay again, but not
        for ever."""
        waiting = self._tasks.get(conversation_id)
        if waiting is not None and delay:
            waiting.cancel()
        loop = asyncio.get_running_loop()
        since = self._waiting_since.setdefault(conversation_id, loop.time())
        delay = max(0.0, min(delay, since + _LONGEST_PAUSE * delay - loop.time()))
        task = loop.create_task(self._after(conversation_id, delay))
        self._tasks[conversation_id] = task
        task.add_done_callback(lambda done: self._forget(conversation_id, done))

    async def answer_pending(self, conversation_id: str) -> tuple[MessageView, ...]:
        """Answers everything that waits for the engine in this conversation, in order."""
        settled = await self._answer_all(conversation_id)
        return tuple(MessageView.of(row) for item in settled for row in item.replies)

    async def open_thread(self, channel: Channel, sender: str | None, provider_id: str | None = None) -> Thread:
        """The conversation of this number on this channel, made when needed; a new one for a caller who hides theirs (None)."""
        return await self._write(lambda session: Thread.of(thread_of(session, channel, sender)))

    async def say(self, conversation_id: str, reply: Reply, *, author: str = "system",
                  in_reply_to: str | None = None, provider_id: str | None = None) -> MessageView:
        """Stores and sends a sentence of the transport's own; with the provider's id of what it answers, once."""
        def work(session: Session) -> MessageView:
            conversation = threads.by_id(session, conversation_id, lock=True)
            if conversation is None:
                raise NotFound("Cette conversation n'existe pas.")
            known = provider_id and threads.message_by_provider_id(session, conversation.channel, provider_id)
            if known:
                return MessageView.of(known)
            rows = self._intake.poster.post(session, conversation, [reply], author=Author(author), in_reply_to=in_reply_to)
            rows[0].provider_id = provider_id
            return MessageView.of(rows[0])

        return await self._db.write(work)

    async def recover(self, older_than_seconds: float = 0.0) -> int:
        """Answers what a crash left unanswered; returns how many conversations were waiting."""
        before = now() - timedelta(seconds=older_than_seconds)
        waiting = await self._db.read(lambda session: threads.unanswered(session, before))
        for conversation_id in waiting:
            try:
                await self.answer_pending(conversation_id)
            except Exception as error:  # the others must not wait behind it; the next round tries it again
                log.error("recovery_failed", conversation=conversation_id, error=type(error).__name__)
        if waiting:
            log.warning("recovered", conversations=len(waiting))
        return len(waiting)

    async def stop(self) -> None:
        """Lets background answers end; what does not end in time is found again by `recover`."""
        tasks = list(self._tasks.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _take_in(self, incoming: Incoming) -> tuple[TakenIn, Question | None]:
        # Read before the only writer is taken: a long message must not keep anybody waiting.
        ear, typed = self._intake.care.ear, incoming.text and not incoming.action
        heard = await asyncio.to_thread(ear.hear, incoming.text) if typed else None
        heard = replace(heard, source=incoming.source) if heard else None

        def work(session: Session, crashed: bool = False) -> tuple[TakenIn, Question | None]:
            taken = self._intake.take_in(session, incoming, heard, crashed=crashed)
            if not taken.pending or taken.rows is None:
                return taken, None
            # Preparing the question here saves a unit of work; settling finds out if it is out of date or out of turn.
            session.flush()
            return taken, self._settling.about(taken.rows[0], [taken.rows[1]])

        try:
            with metrics.PART_SECONDS.labels("store").time():
                taken, question = await self._write(work)
        except (HelplineError, DBAPIError):
            raise
        except Exception as error:  # a fault of ours on this very message: it is kept, and its author is told
            log.error("message_crashed", channel=incoming.channel, error=type(error).__name__)
            taken, question = await self._write(lambda session: work(session, crashed=True))
        log.info("message_in", conversation=taken.conversation_id, channel=incoming.channel, seq=taken.seq,
                 duplicate=taken.duplicate, pending=taken.pending, mode=taken.mode)
        metrics.MESSAGES.labels(incoming.channel, "duplicate" if taken.duplicate else "new").inc()
        return taken, question

    async def _answer_all(self, conversation_id: str, question: Question | None = None) -> list[Settled]:
        settled: list[Settled] = []
        async with self._locks.hold(conversation_id):
            question = question or await self._question(conversation_id)
            while question is not None:
                settled.append(await self._ask(question))
                question = await self._question(conversation_id) if settled[-1].more else None
        return settled

    async def _answered(self, answer: Answer, settled: Sequence[Settled]) -> Answer:
        mine = next((item for item in settled if answer.accepted.id in item.covered), None)
        if mine is None:
            return await self._db.read(lambda session: self._stored(session, answer))
        return replace(answer, mode=mine.mode, messages=(*answer.messages, *_views(mine.replies)), pending=False)

    async def _question(self, conversation_id: str) -> Question | None:
        return await self._db.read(lambda session: self._settling.question(session, conversation_id))

    async def _ask(self, question: Question) -> Settled:
        for _ in range(_ROUNDS):
            settled = await self._settle_safely(question, await self._engine_answer(question))
            following = await self._question(question.turn.conversation_id) if settled.again else None
            if following is None:
                return settled
            question = following
        # Somebody keeps changing the conversation: say what can be said rather than leave it unanswered.
        return await self._settle(question, "busy")

    async def _settle_safely(self, question: Question, answer: EngineAnswer | str) -> Settled:
        try:
            return await self._settle(question, answer)
        except DBAPIError:
            raise
        except Exception as error:  # an answer that we cannot handle is no answer
            log.error("answer_crashed", conversation=question.turn.conversation_id, error=type(error).__name__)
            return await self._settle(question, "crashed")

    async def _settle(self, question: Question, answer: EngineAnswer | str) -> Settled:
        with metrics.PART_SECONDS.labels("settle").time():
            return await self._db.write(lambda session: self._settling.settle(session, question, answer))

    async def _engine_answer(self, question: Question) -> EngineAnswer | str:
        try:
            with metrics.PART_SECONDS.labels("engine").time():
                answer = await self._engine.answer(question.turn)
        except EngineFailure as failure:
            log.warning("engine_failed", conversation=question.turn.conversation_id, reason=failure.reason)
            metrics.ENGINE_FAILURES.labels(failure.reason).inc()
            return failure.reason
        except Exception as error:  # a fault of ours in asking: this message must not come back for ever
            log.error("engine_crashed", conversation=question.turn.conversation_id, error=type(error).__name__)
            metrics.ENGINE_FAILURES.labels("crashed").inc()
            return "crashed"
        metrics.ANSWERS.inc()
        if not answer.understood:
            metrics.FALLBACKS.inc()
        return answer

    def _stored(self, session: Session, answer: Answer) -> Answer:
        conversation = threads.by_id(session, answer.conversation_id)
        if conversation is None:
            return answer
        rows = threads.replies_to(session, answer.accepted.id, conversation.id)
        return replace(answer, mode=str(conversation.mode), messages=_views(rows), pending=False)

    async def _after(self, conversation_id: str, delay: float) -> None:
        if delay:
            await asyncio.sleep(delay)
        # From here on it must not be cancelled by a newer message: that one starts a task of its own.
        self._tasks.pop(conversation_id, None)
        self._waiting_since.pop(conversation_id, None)
        await self.answer_pending(conversation_id)

    def _forget(self, conversation_id: str, task: asyncio.Task[None]) -> None:
        if self._tasks.get(conversation_id) is task:
            del self._tasks[conversation_id]
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("background_answer_failed", conversation=conversation_id, error=type(error).__name__)

    async def _write(self, work: Callable[[Session], T]) -> T:
        # Two first messages of one new number meet at the unique index: the second try finds the first one's rows.
        for _ in range(_RETRIES - 1):
            try:
                return await self._db.write(work)
            except IntegrityError:
                continue
        return await self._db.write(work)


def _answer(taken: TakenIn) -> Answer:
    messages = _views(taken.replies)
    if taken.farewell is not None:
        messages = (MessageView(new_id(), taken.seq + 1, "system", taken.farewell.text, now(), taken.message_id),)
    accepted = Accepted(taken.client_id, taken.message_id, taken.seq)
    return Answer(taken.conversation_id, accepted, taken.mode, messages, taken.duplicate, taken.pending)


def _views(rows: Sequence[Message]) -> tuple[MessageView, ...]:
    return tuple(MessageView.of(row) for row in rows)
