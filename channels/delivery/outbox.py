"""Sends what waits in the outbox: leases, bounded retries with backoff, ambiguous sends looked up before any resend.

A status never goes backwards. What cannot be sent ends as `failed` (or `blocked`), which the console shows.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Protocol

import structlog
from sqlalchemy import ColumnElement, and_, exists, or_, select, true, update
from sqlalchemy.orm import Session, aliased

from channels.conversation.fanout import OUTBOX_TOPIC, News, conversation_topic
from channels.delivery.alerting import Alerting
from channels.delivery.lanes import Lane, Lease, Send
from channels.errors import Conflict, NotFound
from channels.operation import metrics
from channels.people.principal import Principal
from channels.privacy.crypto import new_id
from channels.store import threads
from channels.store.database import Database, announce
from channels.store.models import OutboxRow, OutboxState
from clock import now

log = structlog.get_logger(__name__)
LEASE = timedelta(seconds=60)
# Waits after each failed attempt, in seconds; after the last one the row fails.
BACKOFF = (5, 20, 60, 300, 900, 3600)
_UNTIL_DELIVERED = timedelta(minutes=10)
_BATCH = 20
_LIVE = (OutboxState.PENDING, OutboxState.SENDING)
_ALL: ColumnElement[bool] = true()
_ALERTS, _ANSWERS, _LAST = "alerts", "answers", "last"
_IS_ALERT, _MAY_COME_LAST = OutboxRow.alert_id.is_not(None), OutboxRow.kind == "provider_delete"
_LANES = {_ALERTS: _IS_ALERT, _ANSWERS: and_(~_IS_ALERT, ~_MAY_COME_LAST), _LAST: and_(~_IS_ALERT, _MAY_COME_LAST)}
_UNDER_WAY = {_ALERTS: 100, _ANSWERS: _BATCH, _LAST: 4}
_RANK = {OutboxState.PENDING: 0, OutboxState.SENDING: 1, OutboxState.SENT: 2, OutboxState.DELIVERED: 3, OutboxState.FAILED: 3,
         OutboxState.BLOCKED: 3}


class TransientSendError(Exception):
    """The provider said « not now »: nothing was sent."""


class PermanentSendError(Exception):
    """It will never go. `code` is the provider's; `blocked`: the person refused (STOP)."""

    def __init__(self, code: str, *, blocked: bool = False) -> None:
        self.code, self.blocked = code, blocked
        super().__init__(code)


class PostponedSend(Exception):
    """Not at this hour: tried again at `until`, which costs no attempt."""

    def __init__(self, until: datetime) -> None:
        self.until = until
        super().__init__(until.isoformat())


class AmbiguousSendError(Exception):
    """A time-out: it may have been sent. Looked up before any resend."""


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to send. `callback_id` goes into the provider's status address."""

    id: int
    kind: str
    to: str
    body: str
    callback_id: str
    attempts: int
    payload: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Sent:
    """The provider took it. `status`: its word for where it is."""

    sid: str | None
    status: str = "sent"


class Sender(Protocol):
    """Sends one kind of job."""

    kind: str

    async def send(self, job: Job) -> Sent:
        """Sends it, or raises TransientSendError, PermanentSendError, AmbiguousSendError or PostponedSend."""
        ...

    async def look_up(self, job: Job) -> Sent | None:
        """Finds an ambiguous send at the provider; None when it surely was not sent."""
        ...


class Outbox:
    """The worker and what transports call."""

    def __init__(self, db: Database, alerting: Alerting) -> None:
        self._db, self._alerting = db, alerting
        self._senders: dict[str, Sender] = {}
        self._name = new_id()
        self._lanes = [Lane(name, self._taking(name), _UNDER_WAY[name]) for name in _LANES]
        self._tasks: list[asyncio.Task[None]] = []

    def register(self, sender: Sender) -> None:
        """The sender of one kind; the last one registered counts."""
        self._senders[sender.kind] = sender

    async def start(self) -> None:
        """Starts the workers, one a lane."""
        self._tasks = [asyncio.create_task(lane.run(self._db.fanout)) for lane in self._lanes]

    async def stop(self) -> None:
        """Stops them; what they held is taken up again when the lease ends."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        for lane in self._lanes:
            await lane.stop()

    async def deliver_due(self) -> int:
        """Sends what is due, lane by lane, each in order, and waits for it; returns how many rows were tried."""
        tried = 0
        for which in _LANES.values():
            while rows := await self._db.write(lambda session, which=which: self._lease(session, which)):  # type: ignore[misc]
                await asyncio.gather(*(self._deliver(job, ambiguous) for job, ambiguous in rows))
                tried += len(rows)
        return tried

    async def send_alerts(self) -> int:
        """Starts the sending of every alert that is due, without waiting for any: a provider that hangs holds up no other."""
        return await self._lanes[0].start_due()

    def _taking(self, name: str) -> Lease:
        async def lease(room: int) -> list[Send]:
            if name == _ALERTS:
                await self._db.write(self._alerting.page_waiting)
            rows = await self._db.write(lambda session: self._lease(session, _LANES[name], room))
            return [partial(self._deliver, job, ambiguous) for job, ambiguous in rows]

        return lease

    async def status(self, *, status: str, callback_id: str | None = None, sid: str | None = None,
                     error_code: str | None = None) -> bool:
        """A status from the provider, by our callback id or its own; False when we do not know the message."""
        return await self._db.write(lambda session: self._status(session, status, callback_id, sid, error_code))

    async def retry(self, who: Principal, row_id: int) -> None:
        """Tries a failed send once more, when an advisor asks for it.

        Raises:
            NotFound: it did not fail. Conflict: the person said STOP meanwhile.
        """
        who.need(who.sees_cases)

        def work(session: Session) -> None:
            row = session.get(OutboxRow, row_id)
            if row is None or row.state != OutboxState.FAILED:
                raise NotFound("Cet envoi n'est pas en échec.")
            held = row.kind == "sms" and not row.payload.get("always")
            contact = threads.find_contact(session, str(row.payload.get("to", ""))) if held else None
            if contact is not None and contact.opted_out_at is not None:
                raise Conflict("Cette personne a demandé à ne plus recevoir de SMS (STOP) : le message ne part pas.")
            row.state, row.attempts, row.next_attempt_at, row.error_code = OutboxState.PENDING, 0, now(), None
            announce(session, News(OUTBOX_TOPIC, "row"))

        await self._db.write(work)

    def _lease(self, session: Session, which: ColumnElement[bool] = _ALL, most: int = _BATCH) -> Sequence[tuple[Job, bool]]:
        """Takes the due rows: at most one to a person, never past an unfinished earlier one."""
        instant, earlier = now(), aliased(OutboxRow)
        # A clock that was set back must not hold anything: what is new « tomorrow » is due, a lease of next hour is over.
        due = or_(OutboxRow.next_attempt_at <= instant, and_(OutboxRow.attempts == 0, OutboxRow.created_at > instant))
        over = or_(OutboxRow.lease_until < instant, OutboxRow.lease_until > instant + 2 * LEASE)
        ready = or_(and_(OutboxRow.state == OutboxState.PENDING, due), and_(OutboxRow.state == OutboxState.SENDING, over))
        # What waits for the morning (never tried, due later) must not hold back the answer to a question of the night.
        held = and_(earlier.state == OutboxState.PENDING, earlier.attempts == 0, earlier.next_attempt_at > instant,
                    earlier.created_at <= instant)
        before = exists().where(earlier.lane == OutboxRow.lane, earlier.id < OutboxRow.id, earlier.state.in_(_LIVE), ~held)
        rows = session.scalars(select(OutboxRow).where(which, ready, ~before).order_by(OutboxRow.next_attempt_at, OutboxRow.id)
                               .limit(most).with_for_update(skip_locked=True)).all()
        leased = []
        for row in rows:
            # A lease that ran out in mid-send is as ambiguous as a time-out: the process may have died after sending.
            row.ambiguous = row.ambiguous or row.state == OutboxState.SENDING
            row.state, row.lease_until, row.lease_by = OutboxState.SENDING, instant + LEASE, self._name
            row.attempts += 1
            leased.append((_job(row), row.ambiguous))
        return leased

    async def _deliver(self, job: Job, ambiguous: bool) -> None:
        sender = self._senders.get(job.kind)
        try:
            if sender is None:
                raise PermanentSendError("no_sender")
            sent = (await sender.look_up(job) if ambiguous else None) or await sender.send(job)
        except PermanentSendError as error:
            state = OutboxState.BLOCKED if error.blocked else OutboxState.FAILED
            await self._db.write(lambda session, error=error: self._end(session, job.id, state, error.code))  # type: ignore[misc]
        except PostponedSend as error:
            await self._db.write(lambda session, error=error: self._postpone(session, job.id, error.until))  # type: ignore[misc]
        except AmbiguousSendError:
            await self._db.write(lambda session: self._later(session, job, ambiguous=True))
        except Exception as error:  # transient, or a fault of the sender: tried again, a bounded number of times
            log.warning("send_failed", row=job.id, kind=job.kind, error=type(error).__name__)
            await self._db.write(lambda session: self._later(session, job, ambiguous=ambiguous))
        else:
            await self._db.write(lambda session: self._sent(session, job.id, sent))

    def _sent(self, session: Session, row_id: int, sent: Sent) -> None:
        row = session.get(OutboxRow, row_id, with_for_update=True)
        if row is None:
            return
        row.provider_sid, row.sent_at, row.ambiguous = sent.sid or row.provider_sid, now(), False
        self._advance(session, row, OutboxState.SENT, sent.status)

    def _later(self, session: Session, job: Job, *, ambiguous: bool) -> None:
        row = session.get(OutboxRow, job.id, with_for_update=True)
        if row is None or row.state != OutboxState.SENDING:
            return  # erased, or a status callback said meanwhile where it is
        if job.attempts > len(BACKOFF):
            self._end(session, job.id, OutboxState.FAILED, "unsure" if ambiguous else "gave_up")
            return
        row.state, row.ambiguous = OutboxState.PENDING, ambiguous
        row.next_attempt_at = now() + timedelta(seconds=BACKOFF[job.attempts - 1])

    def _postpone(self, session: Session, row_id: int, until: datetime) -> None:
        row = session.get(OutboxRow, row_id, with_for_update=True)
        if row is not None and row.state == OutboxState.SENDING:
            row.state, row.next_attempt_at, row.attempts = OutboxState.PENDING, until, row.attempts - 1

    def _end(self, session: Session, row_id: int, state: OutboxState, code: str) -> None:
        row = session.get(OutboxRow, row_id, with_for_update=True)
        if row is not None:
            row.error_code = code[:24]
            self._advance(session, row, state, row.provider_status)

    def _status(self, session: Session, status: str, callback_id: str | None, sid: str | None, code: str | None) -> bool:
        found = OutboxRow.callback_id == callback_id if callback_id else OutboxRow.provider_sid == sid
        row = session.scalar(select(OutboxRow).where(found).with_for_update())
        if row is None:
            return False
        row.provider_sid = row.provider_sid or sid
        state = _STATES.get(status.lower())
        if state is not None and _RANK[state] > _RANK[OutboxState(row.state)]:
            row.error_code = code[:24] if code else row.error_code
            row.sent_at = row.sent_at or now()
            self._advance(session, row, state, status)
        return True

    def _advance(self, session: Session, row: OutboxRow, state: OutboxState, status: str | None) -> None:
        if _RANK[state] < _RANK[OutboxState(row.state)]:
            return
        row.state, row.provider_status = state, (status or "")[:24] or row.provider_status
        row.lease_until = row.lease_by = None
        metrics.OUTBOX.labels(row.kind, state).inc()
        if row.alert_id:
            session.flush()
            self._alerting.follow(session, row)
        if row.conversation_id:
            announce(session, News(conversation_topic(row.conversation_id), "delivery", str(row.id)))
        elif state != OutboxState.PENDING and row.kind != "provider_delete":
            if row.payload.get("forget") and row.provider_sid:
                session.add(_deletion_of(row))
            row.payload = {}  # nothing else remembers this number: forget it once it has served


# The provider's words for where a message is (Twilio's).
_STATES = {"accepted": OutboxState.SENT, "queued": OutboxState.SENT, "sending": OutboxState.SENT, "sent": OutboxState.SENT,
           "delivered": OutboxState.DELIVERED, "read": OutboxState.DELIVERED, "undelivered": OutboxState.FAILED,
           "failed": OutboxState.FAILED, "canceled": OutboxState.FAILED}


def _job(row: OutboxRow) -> Job:
    payload = dict(row.payload)
    return Job(row.id, row.kind, str(payload.get("to", "")), str(payload.get("body", "")), row.callback_id, row.attempts, payload)


def _deletion_of(row: OutboxRow) -> OutboxRow:
    """The deletion of the provider's copy, once it is surely delivered."""
    return OutboxRow(kind="provider_delete", lane=f"delete:{new_id()}", next_attempt_at=now() + _UNTIL_DELIVERED,
                     payload={"sid": row.provider_sid, "channel": "sms"})


def clear_waiting(session: Session, lane: str) -> None:
    """A person said STOP: what still waits for them is not sent."""
    session.execute(update(OutboxRow).where(OutboxRow.lane == lane, OutboxRow.state == OutboxState.PENDING)
                    .values(state=OutboxState.BLOCKED, error_code="opted_out"))
