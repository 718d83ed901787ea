"""The citizen's side of reaching a person: queue, call-back, stop waiting, distress, return after a close.

Nothing here needs the engine.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.case import summary as case_summary
from channels.case import transitions
from channels.case.waiting import SEEN_FOR, wait_of
from channels.conversation.distress_texts import DistressTexts
from channels.conversation.fanout import QUEUE_TOPIC, News, case_topic
from channels.conversation.wording import Wording
from channels.delivery.alerting import Alerting
from channels.hours.french_dates import day_label, hour_label
from channels.hours.week import Hours, Slot
from channels.messages import QuickReply, Reply
from channels.operation import metrics
from channels.settings import Settings
from channels.store import cases, origins, staff, teams, threads
from channels.store.database import announce
from channels.store.models import Account, Callback, CallbackState, Case, CaseState, Conversation, Urgency
from clock import in_paris, now
from language.times import read_times

_RANK = {Urgency.NORMAL: 0, Urgency.HIGH: 1, Urgency.DISTRESS: 2}
_CALLS_OF_PLACE, _CASES_OF_PLACE = 20, 12
_A_PERSON = 29  # the topic of those who ask for a person


@dataclass(frozen=True, slots=True)
class Request:
    """Why a person is wanted: reason code, topic of product.md, urgency."""

    reason: str = "person"
    topic: int | None = None
    urgency: Urgency = Urgency.NORMAL

    @classmethod
    def of(cls, data: Mapping[str, Any], topic: int | None = None) -> Request:
        """From a command's data; what is not in the contract falls back on the default."""
        found = data.get("topic") if isinstance(data.get("topic"), int) else topic
        urgency = data.get("urgency")
        return cls(str(data.get("reason") or "person")[:40], found if found and 1 <= found <= 33 else None,
                   Urgency(urgency) if urgency in set(Urgency) else Urgency.NORMAL)


@dataclass(frozen=True)
class Handoff:
    """All moves a citizen can make; every method works inside the caller's transaction and returns what to say."""

    settings: Settings
    hours: Hours
    wording: Wording
    alerting: Alerting

    def can_queue(self) -> bool:
        """True when advisors are there now."""
        return self.hours.is_open()

    def queue(self, session: Session, conversation: Conversation, request: Request) -> list[Reply]:
        """Puts the conversation in the queue (or says where it stands) and tells position and waiting time."""
        case = cases.open_of(session, conversation.id)
        if case is not None and case.state == CaseState.HUMAN:
            return [self.wording.reply("handoff.already_human")]
        if case is not None and case.state == CaseState.QUEUED and case.urgency == Urgency.DISTRESS:
            return [DistressTexts(self.wording, self.hours).waiting()]
        if case is not None and case.state == CaseState.QUEUED:
            self._raise(session, case, request)
            return [self.place_of(session, case, "handoff.still_queued")]
        if case is None and request.urgency != Urgency.DISTRESS and self._over(
                _CASES_OF_PLACE, origins.open_cases(session, conversation)):
            return [self.wording.reply("handoff.too_many_here", [self.wording.button("callback")],
                                       number=self.settings.helpline_number or "")]
        case = self._enter_queue(session, conversation, case, request)
        return [self.place_of(session, case, "handoff.queued")]

    def stop_waiting(self, session: Session, conversation: Conversation) -> list[Reply]:
        """Leaves the queue; a call-back that was booked before stays booked."""
        case = cases.open_of(session, conversation.id)
        if case is None or case.state != CaseState.QUEUED:
            return [self.wording.reply("handoff.not_waiting")]
        planned = planned_callback(session, case)
        state = CaseState.CALLBACK if planned else CaseState.ABANDONED
        transitions.move(session, conversation, case, state, "stopped_waiting")
        return [self.wording.reply("handoff.stopped_waiting")]

    def book(self, session: Session, conversation: Conversation, slot: Slot, phone: str, name: str | None,
             data: Mapping[str, Any]) -> Callback:
        """Books a call; an earlier one of the same case is moved. The case stays with a person who already has it."""
        case = cases.open_of(session, conversation.id)
        if case is None:
            case = self._new_case(session, conversation, Request.of({"reason": "callback", **data}), CaseState.CALLBACK)
        for earlier in cases.callbacks(session, case.id):
            if earlier.state == CallbackState.PLANNED:
                earlier.state = CallbackState.CANCELLED
        callback = Callback(case_id=case.id, phone=phone, phone_hash=threads.lookup_hash(session, phone), name=name,
                            starts_at=slot.starts_at, ends_at=slot.ends_at,
                            verified=threads.find_contact(session, phone) is not None)
        session.add(callback)
        self._refresh(session, conversation, case)
        detail = {"starts_at": slot.starts_at.isoformat()}
        if case.state == CaseState.HUMAN:
            transitions.record(session, case, "callback_booked", data=detail)
        else:
            transitions.move(session, conversation, case, CaseState.CALLBACK, "callback_booked", data=detail)
        return callback

    def promised_elsewhere(self, session: Session, conversation: Conversation, phone: str) -> Callback | None:
        """The call that another conversation promised to this number: one at a time, whoever asks."""
        own = self.planned(session, conversation)
        return session.scalar(select(Callback).where(
            Callback.phone_hash == threads.lookup_hash(session, phone), Callback.state == CallbackState.PLANNED,
            Callback.ends_at > now(), Callback.id != (own.id if own else "")).limit(1))

    def too_many_calls_here(self, session: Session, conversation: Conversation) -> bool:
        """True when a class's worth of calls was promised to the address of this web conversation since yesterday."""
        return self._over(_CALLS_OF_PLACE, origins.calls_promised(session, conversation))

    def _over(self, most: int, found: int) -> bool:
        return bool(self.settings.rate_limit) and found >= most * self.settings.rate_limit

    @staticmethod
    def is_full(session: Session, slot: Slot, most: int) -> bool:
        """True when as many calls are promised in this slot as the advisors can make."""
        taken = session.scalar(select(func.count()).select_from(Callback).where(
            Callback.starts_at == slot.starts_at, Callback.state == CallbackState.PLANNED)) or 0
        return taken >= most

    def planned(self, session: Session, conversation: Conversation) -> Callback | None:
        """The call that is promised in this conversation."""
        case = cases.open_of(session, conversation.id)
        return planned_callback(session, case) if case else None

    def cancel_callback(self, session: Session, conversation: Conversation) -> bool:
        """Cancels the booked call; False when there is none."""
        case = cases.open_of(session, conversation.id)
        planned = planned_callback(session, case) if case else None
        if case is None or planned is None:
            return False
        planned.state = CallbackState.CANCELLED
        if case.state == CaseState.CALLBACK:
            transitions.move(session, conversation, case, CaseState.ABANDONED, "callback_cancelled")
        return True

    def distress(self, session: Session, conversation: Conversation, kinds: Sequence[str], source: str | None = None) -> None:
        """Opens or raises the case and alerts whoever is on duty; the fixed text is said by whoever heard it (care.py)."""
        case = cases.open_of(session, conversation.id)
        request = Request("distress", 31, Urgency.DISTRESS)
        if case is None or case.state == CaseState.CALLBACK:
            case = self._enter_queue(session, conversation, case, request)
        else:
            self._raise(session, case, request)
            self._refresh(session, conversation, case)
        transitions.record(session, case, "distress", data={"theme": kinds[0], "kinds": list(kinds)})
        self.alerting.distress(session, case, kinds[0], source)
        metrics.DISTRESS.labels(kinds[0]).inc()

    def retract(self, session: Session, conversation: Conversation) -> None:
        """« C'était une erreur »: person and alarm leave the queue, the trace stays until somebody has seen it."""
        case = cases.open_of(session, conversation.id)
        if case is None or case.urgency != Urgency.DISTRESS:
            return
        self.alerting.retract(session, case)
        if case.state == CaseState.QUEUED:
            transitions.move(session, conversation, case, CaseState.ABANDONED, "distress_retracted")
        else:
            transitions.record(session, case, "distress_retracted")

    def after_close(self, session: Session, conversation: Conversation) -> bool:
        """A person writes after the end: True when the case is open again, else the bot takes over."""
        case = cases.last_of(session, conversation.id)
        if case is None or not self._reopens(case):
            transitions.forget_case(session, conversation)
            return False
        owner = session.get(Account, case.owner_id) if case.owner_id else None
        reopen(session, conversation, case, keep_owner=owner is not None and staff.may_be_given(session, owner))
        return True

    def citizen_wrote(self, session: Session, conversation: Conversation) -> None:
        """Keeps the time of the person's last message on the open case, for advisors' lists."""
        case = cases.open_of(session, conversation.id)
        if case is not None:
            case.last_citizen_at, case.snoozed_until = now(), None  # a pause ends when the person is back
            announce(session, News(case_topic(case.id), "message", str(case.id)), News(QUEUE_TOPIC, "message", str(case.id)))

    def _reopens(self, case: Case) -> bool:
        limit = timedelta(minutes=self.settings.reopen_minutes)
        fresh = case.closed_at is not None and now() - case.closed_at < limit
        return fresh and case.state == CaseState.CLOSED and not case.returned and self.hours.is_open()

    def _enter_queue(self, session: Session, conversation: Conversation, case: Case | None, request: Request) -> Case:
        if case is None:
            case = self._new_case(session, conversation, request, CaseState.QUEUED)
        else:
            self._raise(session, case, request)
            case.owner_id, case.queued_at = None, now()
        self._refresh(session, conversation, case)
        transitions.move(session, conversation, case, CaseState.QUEUED, "queued", data={"reason": request.reason})
        return case

    def _new_case(self, session: Session, conversation: Conversation, request: Request, state: CaseState) -> Case:
        slots = case_summary.slots_of(conversation)
        topic = _topic(request.topic, slots.get("last_topic"))
        case = Case(conversation_id=conversation.id, channel=conversation.channel, state=state, topic=topic,
                    reason=request.reason, urgency=request.urgency, public="inconnu", queued_at=now(), last_citizen_at=now())
        session.add(case)
        session.flush()
        return case

    def _raise(self, session: Session, case: Case, request: Request) -> None:
        if _RANK[request.urgency] > _RANK[Urgency(case.urgency)]:
            case.urgency, case.reason = request.urgency, request.reason
            case.topic = request.topic or case.topic
            transitions.record(session, case, "urgency", data={"urgency": str(request.urgency)})

    def _refresh(self, session: Session, conversation: Conversation, case: Case) -> None:
        case_summary.fill(case, conversation, threads.whole(session, conversation.id), self.wording.sentences)
        case.team = case.team or teams.team_for(session, case.topic, case.territory)

    def place_of(self, session: Session, case: Case, sentence: str) -> Reply:
        """A sentence with the place in the queue and the wait, and the two ways out: stop waiting, be called back."""
        if case.urgency == Urgency.DISTRESS:  # nobody in danger is told to be patient
            return DistressTexts(self.wording, self.hours).waiting()
        session.flush()
        position = cases.position(session, case)
        buttons = [self.wording.button("stop_waiting"), self.wording.button("callback")]
        return self.wording.reply(sentence, buttons, position=self._position(position), wait=self._wait(session, position))

    def _position(self, position: int) -> str:
        say = self.wording.sentences
        return say.text("handoff.first_in_line") if position == 1 else say.text("handoff.position", position=position)

    def _wait(self, session: Session, position: int) -> str:
        taken = cases.taken_since(session, now() - SEEN_FOR) if self.hours.is_open() else []
        wait = wait_of(position, taken, now())
        return self.wording.sentences.text(f"handoff.{wait.sentence}", minutes=wait.minutes)

    def closing(self) -> Reply:
        """For those who still wait when the desk closes: when it opens again, and a call-back."""
        opening, say = self.hours.next_opening(), self.wording.sentences
        back = say.text("handoff.back_on", day=day_label(in_paris(opening).date())) if opening else ""
        return self.wording.reply("handoff.closed_while_waiting",
                                  [self.wording.button("callback"), self.wording.button("stop_waiting")], back=back)

    def offer(self, sentence: str) -> Reply:
        """A sentence with the two ways to a person."""
        return self.wording.reply(sentence, self.offers())

    def opening(self, said: str) -> Reply:
        """When advisors answer: on the day that the words name, else now or the next time; with the two ways to reach one."""
        day = next(iter(read_times(said, now()).days), None)
        if day is not None:
            state = "day_open" if self.hours.slots(day) else "day_closed"
            return self.wording.reply(f"handoff.{state}", self.offers(), day=day_label(day))
        if self.hours.is_open():
            return self.wording.reply("handoff.open_now", self.offers())
        opens = self.hours.next_opening()
        if opens is None:
            return self.wording.reply("handoff.closed_now", self.offers())
        when = f"{day_label(in_paris(opens).date())} à {hour_label(opens)}"
        return self.wording.reply("handoff.opens_next", self.offers(), when=when)

    def offers(self) -> list[QuickReply]:
        """The two ways to a person."""
        return [self.wording.person(), self.wording.button("callback")]


def _topic(asked: int | None, talked_about: object) -> int | None:
    """What the case is about. « Je veux un conseiller » is how people ask, not what they ask about."""
    known = talked_about if isinstance(talked_about, int) and 1 <= talked_about < _A_PERSON else None
    return known or asked if asked in {None, _A_PERSON} else asked


def reopen(session: Session, conversation: Conversation, case: Case, *, keep_owner: bool, by: str | None = None) -> None:
    """Opens a finished case again: to its owner when that person is there, else to the queue."""
    case.reopened += 1
    case.closed_at, case.outcome, case.queued_at = None, None, now()
    if not keep_owner:
        case.owner_id = None
    case.claimed_at = now() if keep_owner else None
    transitions.move(session, conversation, case, CaseState.HUMAN if keep_owner else CaseState.QUEUED, "reopened", by=by)


def planned_callback(session: Session, case: Case) -> Callback | None:
    """The call that is promised in this case."""
    return session.scalar(select(Callback).where(Callback.case_id == case.id, Callback.state == CallbackState.PLANNED))
