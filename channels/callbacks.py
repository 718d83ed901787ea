"""Promised calls, as advisors work through them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels import transitions
from channels.audit import write_audit
from channels.clock import now
from channels.errors import Conflict, Invalid, NotFound
from channels.hours import Hours, Slot
from channels.principal import Principal
from channels.store import cases, threads
from channels.store.database import Database
from channels.store.models import Callback, CallbackState, Case, CaseState
from channels.views import CallbackView

_TRIES = 3


class Callbacks:
    """The list of calls to make, and what became of them."""

    def __init__(self, db: Database, hours: Hours) -> None:
        self._db, self._hours = db, hours

    async def list(self, who: Principal, start: datetime | None = None, end: datetime | None = None,
                   state: str | None = "planned") -> Sequence[CallbackView]:
        """Calls by slot; the look goes into the audit log (numbers are shown)."""
        who.need(who.sees_cases)
        if state is not None and state not in set(CallbackState):
            raise Invalid("État de rappel inconnu.")

        def work(session: Session) -> Sequence[CallbackView]:
            query = select(Callback).order_by(Callback.starts_at)
            query = query if state is None else query.where(Callback.state == state)
            query = query if start is None else query.where(Callback.starts_at >= start)
            query = query if end is None else query.where(Callback.starts_at < end)
            write_audit(session, who.account_id, "callbacks_seen", "callback", "list")
            return [CallbackView.of(row) for row in session.scalars(query.limit(500))]

        return await self._db.write(work)

    async def done(self, who: Principal, callback_id: str) -> CallbackView:
        """The person was reached; a case that waited only for this is closed with `rappel_fait`."""
        return await self._db.write(lambda session: self._done(session, who, callback_id))

    async def no_answer(self, who: Principal, callback_id: str) -> CallbackView:
        """Nobody answered: the next slot is planned, at most three tries in all."""
        return await self._db.write(lambda session: self._no_answer(session, who, callback_id))

    async def move(self, who: Principal, callback_id: str, starts_at: datetime) -> CallbackView:
        """Another slot.

        Raises:
            Invalid: not a slot of the opening hours.
        """
        slot = self._hours.slot_at(starts_at)
        if slot is None:
            raise Invalid("Ce moment n'est pas un créneau de rappel.")
        return await self._db.write(lambda session: self._move(session, who, callback_id, slot))

    def _done(self, session: Session, who: Principal, callback_id: str) -> CallbackView:
        row, case = _planned(session, who, callback_id)
        row.state, row.attempts = CallbackState.DONE, row.attempts + 1
        transitions.record(session, case, "callback_done", by=who.account_id)
        conversation = threads.by_id(session, case.conversation_id, lock=True)
        if case.state == CaseState.CALLBACK and conversation is not None:
            case.outcome, case.owner_id = "rappel_fait", case.owner_id or who.account_id
            transitions.move(session, conversation, case, CaseState.CLOSED, "closed", by=who.account_id)
        return CallbackView.of(row)

    def _no_answer(self, session: Session, who: Principal, callback_id: str) -> CallbackView:
        row, case = _planned(session, who, callback_id)
        row.attempts += 1
        slot = self._next_slot(row)
        if row.attempts >= _TRIES or slot is None:
            row.state = CallbackState.NO_ANSWER
        else:
            row.starts_at, row.ends_at = slot.starts_at, slot.ends_at
        transitions.record(session, case, "callback_no_answer", by=who.account_id, data={"attempts": row.attempts})
        return CallbackView.of(row)

    def _move(self, session: Session, who: Principal, callback_id: str, slot: Slot) -> CallbackView:
        row, case = _planned(session, who, callback_id)
        row.starts_at, row.ends_at = slot.starts_at, slot.ends_at
        transitions.record(session, case, "callback_moved", by=who.account_id, data={"starts_at": slot.starts_at.isoformat()})
        return CallbackView.of(row)

    def _next_slot(self, row: Callback) -> Slot | None:
        after = max(row.ends_at, now())
        days = self._hours.days(2, after)
        return next((slot for day in days for slot in self._hours.slots(day, after)), None)


def _planned(session: Session, who: Principal, callback_id: str) -> tuple[Callback, Case]:
    row = session.get(Callback, callback_id)
    if row is None:
        raise NotFound("Ce rappel n'existe pas.")
    case, _ = cases.for_person(session, who, row.case_id, lock=True)
    if row.state != CallbackState.PLANNED:
        raise Conflict("Ce rappel n'est plus prévu.")
    return row, case
