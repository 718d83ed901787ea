"""Looks after cases while nobody presses a button: people who wait are told their place, advisors are told of people who wait,
silence and absence give a case back to the queue, a pause ends, a promised call is announced.

Each rule is read again under the conversation's lock before it acts, so that it never acts on what somebody has just changed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, func, select
from sqlalchemy.orm import Session

from channels.case import transitions
from channels.case.handover import Handoff, planned_callback
from channels.conversation.posting import Poster
from channels.delivery.alerting import Alerting
from channels.messages import Reply
from channels.store import threads
from channels.store.database import Database
from channels.store.models import Account, Case, CaseEvent, CaseState, Conversation, Urgency
from clock import now

_MOST = 500  # cases looked at in one round
_MOST_TOLD = 6  # times a waiting person is told their place; each time twice as late as the time before
_SMS_PATIENCE = 4  # an SMS may wait longer for its answer than a chat
_CLOSING = "closing_told"


@dataclass(frozen=True, slots=True)
class Rule:
    """`wanted`: a first choice in SQL. `due`: the exact one. `act`: what to do."""

    wanted: Callable[[datetime], ColumnElement[bool]]
    due: Callable[[Session, Case, Conversation], bool]
    act: Callable[[Session, Case, Conversation], None]


class Tending:
    """The regular look after open cases. `round` is one look."""

    def __init__(self, db: Database, handoff: Handoff, poster: Poster, alerting: Alerting) -> None:
        self._db, self._handoff, self._poster, self._alerting = db, handoff, poster, alerting
        self._settings, self._hours = handoff.settings, handoff.hours
        queued, human = Case.state == CaseState.QUEUED, Case.state == CaseState.HUMAN
        self._rules = (
            Rule(lambda at: Case.snoozed_until <= at, self._pause_is_over, self._wake),
            Rule(lambda at: queued, self._person_is_gone, self._abandon),
            Rule(lambda at: queued, self._closed_meanwhile, self._tell_closed),
            Rule(lambda at: queued, self._wants_news, self._tell_place),
            Rule(lambda at: and_(queued, Case.reminded_at.is_(None)), self._unclaimed, self._remind),
            Rule(lambda at: human, self._unanswered, self._requeue))

    async def round(self) -> int:
        """One look; gives how many things were done. Each case is its own transaction."""
        done = 0
        for rule in self._rules:
            for case_id in await self._db.read(lambda session, rule=rule: self._chosen(session, rule)):  # type: ignore[misc]
                done += await self._db.write(lambda session, rule=rule, case_id=case_id: self._apply(session, rule, case_id))  # type: ignore[misc]
        return done

    @staticmethod
    def _chosen(session: Session, rule: Rule) -> Sequence[int]:
        rows = session.execute(
            select(Case, Conversation).join(Conversation, Conversation.id == Case.conversation_id)
            .where(rule.wanted(now())).order_by(Case.queued_at).limit(_MOST)).all()
        return [case.id for case, conversation in rows if rule.due(session, case, conversation)]

    @staticmethod
    def _apply(session: Session, rule: Rule, case_id: int) -> int:
        case = session.get(Case, case_id)
        conversation = threads.by_id(session, case.conversation_id, lock=True) if case else None
        if case is None or conversation is None:
            return 0
        session.refresh(case)
        if not rule.due(session, case, conversation):
            return 0
        rule.act(session, case, conversation)
        return 1

    # A pause ends.

    def _pause_is_over(self, _session: Session, case: Case, _conversation: Conversation) -> bool:
        return case.snoozed_until is not None and case.snoozed_until <= now()

    def _wake(self, session: Session, case: Case, _conversation: Conversation) -> None:
        case.snoozed_until = None
        transitions.record(session, case, "woken")

    # A person has left the page without a word.

    def _person_is_gone(self, _session: Session, case: Case, conversation: Conversation) -> bool:
        if case.state != CaseState.QUEUED or case.channel != "web" or case.urgency == Urgency.DISTRESS:
            return False
        last = max(case.queued_at, case.last_citizen_at or case.queued_at)
        unread = conversation.citizen_seen_seq < conversation.last_seq
        return unread and now() - last > timedelta(minutes=self._settings.abandon_minutes)

    def _abandon(self, session: Session, case: Case, conversation: Conversation) -> None:
        state = CaseState.CALLBACK if planned_callback(session, case) else CaseState.ABANDONED
        transitions.move(session, conversation, case, state, "abandoned")
        self._say(session, conversation, self._handoff.offer("handoff.abandoned"))

    # The desk closed while they waited.

    def _closed_meanwhile(self, session: Session, case: Case, _conversation: Conversation) -> bool:
        if case.state != CaseState.QUEUED or case.channel == "phone" or case.urgency == Urgency.DISTRESS or self._hours.is_open():
            return False
        told = exists().where(CaseEvent.case_id == case.id, CaseEvent.kind == _CLOSING, CaseEvent.created_at >= case.queued_at)
        return not session.scalar(select(told))

    def _tell_closed(self, session: Session, case: Case, conversation: Conversation) -> None:
        self._say(session, conversation, self._handoff.closing())
        transitions.record(session, case, _CLOSING)

    # A waiting person hears where they stand.

    def _wants_news(self, _session: Session, case: Case, _conversation: Conversation) -> bool:
        most = {"web": _MOST_TOLD, "sms": 1}.get(case.channel, 0)
        if case.state != CaseState.QUEUED or case.told_count >= most or not self._hours.is_open():
            return False
        pause = timedelta(minutes=self._settings.tell_minutes * 2**case.told_count)
        return now() - max(case.told_at or case.queued_at, case.queued_at) >= pause

    def _tell_place(self, session: Session, case: Case, conversation: Conversation) -> None:
        self._say(session, conversation, self._handoff.place_of(session, case, "handoff.still_waiting"))
        case.told_at, case.told_count = now(), case.told_count + 1
        transitions.record(session, case, "place_told")

    # Nobody takes it.

    def _unclaimed(self, _session: Session, case: Case, _conversation: Conversation) -> bool:
        waits = case.state == CaseState.QUEUED and case.reminded_at is None and case.snoozed_until is None
        here = self._hours.is_open() or case.urgency == Urgency.DISTRESS
        return waits and here and now() - case.queued_at >= timedelta(minutes=self._settings.claim_minutes)

    def _remind(self, session: Session, case: Case, _conversation: Conversation) -> None:
        case.reminded_at = now()
        self._alerting.unclaimed(session, case)
        transitions.record(session, case, "reminded")

    # The person waits for an answer of an advisor who is silent or gone.

    def _unanswered(self, session: Session, case: Case, _conversation: Conversation) -> bool:
        return self._why_requeue(session, case) is not None

    def _why_requeue(self, session: Session, case: Case) -> str | None:
        if case.state != CaseState.HUMAN or case.channel == "phone" or case.snoozed_until is not None:
            return None
        if not self._hours.is_open():
            return None
        since = max(case.last_citizen_at or case.queued_at, case.claimed_at or case.queued_at, _given_at(session, case))
        if case.last_advisor_at is not None and case.last_advisor_at >= since:
            return None
        patience = _SMS_PATIENCE if case.channel == "sms" else 1
        waited = now() - since
        if waited >= timedelta(minutes=self._settings.silent_minutes * patience):
            return "silent"
        gone_for = timedelta(minutes=self._settings.gone_minutes * patience)
        return "gone" if waited >= gone_for and _is_gone(session.get(Account, case.owner_id), gone_for) else None

    def _requeue(self, session: Session, case: Case, conversation: Conversation) -> None:
        owner = session.get(Account, case.owner_id) if case.owner_id else None
        detail = {"why": self._why_requeue(session, case), "from": owner.name if owner else None}
        case.owner_id = None
        transitions.move(session, conversation, case, CaseState.QUEUED, "requeued", data=detail)
        self._say(session, conversation, self._handoff.place_of(session, case, "handoff.back_in_queue"))

    def _say(self, session: Session, conversation: Conversation, reply: Reply) -> None:
        self._poster.post(session, conversation, [reply])


def _given_at(session: Session, case: Case) -> datetime:
    """When its advisor got the case: whoever it was passed to has the whole time, not what the other one left of it."""
    given = session.scalar(select(func.max(CaseEvent.created_at)).where(
        CaseEvent.case_id == case.id, CaseEvent.kind.in_(("claimed", "transferred", "reopened", "taken_over"))))
    return given or case.queued_at


def _is_gone(owner: Account | None, after: timedelta) -> bool:
    return owner is None or not owner.active or owner.last_seen_at is None or now() - owner.last_seen_at >= after
