"""Promised calls, as advisors work through them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.case import transitions
from channels.case.views import CallbackView
from channels.conversation.posting import Poster
from channels.conversation.wording import Wording
from channels.errors import Conflict, Invalid, NotFound
from channels.hours.french_dates import day_label, slot_label
from channels.hours.week import Hours, Slot
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.masking import read_phone, speak_phone
from channels.store import cases, threads
from channels.store.database import Database
from channels.store.models import (
    OPEN_STATES,
    Account,
    Callback,
    CallbackKind,
    CallbackState,
    Case,
    CaseState,
    Contact,
    Conversation,
)
from clock import in_paris, now

_TRIES = 3


@dataclass(frozen=True, slots=True)
class Plan:
    """What an advisor promises. Without a number the one that the channel gave is used."""

    starts_at: datetime
    kind: CallbackKind = CallbackKind.CALL
    account_id: str | None = None
    place: str = ""
    phone: str = ""
    name: str = ""


class Callbacks:
    """The list of calls to make, and what became of them."""

    def __init__(self, db: Database, hours: Hours, poster: Poster, wording: Wording) -> None:
        self._db, self._hours, self._poster, self._wording = db, hours, poster, wording

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

    async def plan(self, who: Principal, case_id: int, plan: Plan) -> CallbackView:
        """Promises a call or a meeting in an open case; an earlier one of the case is replaced, and the person is told.

        Raises:
            Invalid: not a slot of the opening hours, a number that is none, a call without a number, or a meeting without a
            place. Conflict: the case is over.
        """
        slot = self._hours.slot_at(plan.starts_at)
        if slot is None:
            raise Invalid("Ce moment n'est pas un créneau de rappel.")
        if plan.kind == CallbackKind.MEETING and not plan.place.strip():
            raise Invalid("Indiquez le lieu du rendez-vous.")
        return await self._db.write(lambda session: self._plan(session, who, case_id, plan, slot))

    async def assign(self, who: Principal, callback_id: str, account_id: str | None) -> CallbackView:
        """Who keeps the call; None: whoever is there.

        Raises:
            NotFound: no such account that sees cases.
        """
        def work(session: Session) -> CallbackView:
            row, case = _planned(session, who, callback_id)
            row.account_id, row.reminded_at = _keeper(session, account_id), None
            transitions.record(session, case, "callback_assigned", by=who.account_id)
            return CallbackView.of(row)

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

    def _plan(self, session: Session, who: Principal, case_id: int, plan: Plan, slot: Slot) -> CallbackView:
        case, _ = cases.for_person(session, who, case_id)
        conversation = threads.by_id(session, case.conversation_id, lock=True)
        session.refresh(case)
        if conversation is None or case.state not in OPEN_STATES:
            raise Conflict("Cette demande est terminée : rouvrez-la d'abord.")
        phone = _phone_of(session, conversation, plan)
        for earlier in cases.callbacks(session, case.id):
            if earlier.state == CallbackState.PLANNED:
                earlier.state = CallbackState.CANCELLED
        row = Callback(case_id=case.id, phone=phone, phone_hash=threads.lookup_hash(session, phone) if phone else "",
                       name=plan.name.strip()[:60] or None, starts_at=slot.starts_at, ends_at=slot.ends_at, kind=plan.kind,
                       place=plan.place.strip()[:160] or None, account_id=_keeper(session, plan.account_id),
                       verified=bool(phone) and threads.find_contact(session, phone) is not None)
        session.add(row)
        session.flush()
        detail = {"starts_at": slot.starts_at.isoformat(), "kind": str(plan.kind)}
        if case.state == CaseState.QUEUED:
            transitions.move(session, conversation, case, CaseState.CALLBACK, "callback_planned", by=who.account_id, data=detail)
        else:
            transitions.record(session, case, "callback_planned", by=who.account_id, data=detail)
        self._tell(session, conversation, row)
        return CallbackView.of(row)

    def _tell(self, session: Session, conversation: Conversation, row: Callback) -> None:
        sentence = "handoff.meeting_planned" if row.kind == CallbackKind.MEETING else "handoff.callback_planned"
        self._poster.post(session, conversation, [self._wording.reply(
            sentence, day=day_label(in_paris(row.starts_at).date()), slot=slot_label(row.starts_at, row.ends_at),
            phone=speak_phone(row.phone), place=row.place or "")])

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
            row.starts_at, row.ends_at, row.reminded_at = slot.starts_at, slot.ends_at, None
        transitions.record(session, case, "callback_no_answer", by=who.account_id, data={"attempts": row.attempts})
        return CallbackView.of(row)

    def _move(self, session: Session, who: Principal, callback_id: str, slot: Slot) -> CallbackView:
        row, case = _planned(session, who, callback_id)
        row.starts_at, row.ends_at, row.reminded_at = slot.starts_at, slot.ends_at, None
        transitions.record(session, case, "callback_moved", by=who.account_id, data={"starts_at": slot.starts_at.isoformat()})
        return CallbackView.of(row)

    def _next_slot(self, row: Callback) -> Slot | None:
        after = max(row.ends_at, now())
        days = self._hours.days(2, after)
        return next((slot for day in days for slot in self._hours.slots(day, after)), None)


def _phone_of(session: Session, conversation: Conversation, plan: Plan) -> str:
    """The number of a call; a meeting does without one, and then has an empty one."""
    phone = read_phone(plan.phone)
    if plan.phone.strip() and phone is None:
        raise Invalid("Ce numéro de téléphone n'est pas valable.")
    found = phone or _number_of(session, conversation) or ""
    if not found and plan.kind == CallbackKind.CALL:
        raise Invalid("Il faut un numéro de téléphone pour appeler la personne.")
    return found


def _number_of(session: Session, conversation: Conversation) -> str | None:
    contact = session.get(Contact, conversation.contact_id) if conversation.contact_id else None
    return contact.phone or None if contact else None


def _keeper(session: Session, account_id: str | None) -> str | None:
    if not account_id:
        return None
    account = session.get(Account, account_id)
    if account is None or not account.active or not Principal(account.id, account.name, account.role).sees_cases:
        raise NotFound("Ce compte ne peut pas tenir de rappel.")
    return account.id


def _planned(session: Session, who: Principal, callback_id: str) -> tuple[Callback, Case]:
    row = session.get(Callback, callback_id)
    if row is None:
        raise NotFound("Ce rappel n'existe pas.")
    case, _ = cases.for_person(session, who, row.case_id, lock=True)
    if row.state != CallbackState.PLANNED:
        raise Conflict("Ce rappel n'est plus prévu.")
    return row, case
