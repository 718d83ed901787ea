"""What advisors do with cases. Every public method is one unit of work; rights are checked where rows are read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

from sqlalchemy.orm import Session

from channels.case import reading as case_reading
from channels.case import summary as case_summary
from channels.case import transitions
from channels.case.handover import reopen
from channels.case.views import CaseDetail, CaseRow, MessageView, NoteView, note_view
from channels.conversation.fanout import QUEUE_TOPIC, News, conversation_topic
from channels.conversation.posting import Poster
from channels.conversation.wording import Wording
from channels.errors import AlreadyClaimed, Conflict, Forbidden, Full, Invalid, NotFound
from channels.messages import Card, Json, Reply
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.store import accounts, cases, staff, teams, threads
from channels.store.database import Database, announce
from channels.store.models import (
    OPEN_STATES,
    Account,
    Author,
    Callback,
    CallbackState,
    Case,
    CaseState,
    Conversation,
    MessageState,
    Mode,
    Note,
    Urgency,
)
from clock import now

GIVEN = "given"  # news of the queue: a colleague handed this case on
OUTCOMES = ("informe", "oriente", "rendez_vous", "rappel_fait", "sans_reponse", "hors_champ")
T = TypeVar("T")
_LONGEST_TEXT = 4000


class Cases:
    """The advisors' services."""

    def __init__(self, db: Database, poster: Poster, wording: Wording) -> None:
        self._db, self._poster, self._wording = db, poster, wording

    async def list(self, who: Principal, *, state: str | None = None, channel: str | None = None, topic: int | None = None,
                   urgency: str | None = None, team: str | None = None, place: str | None = None,
                   limit: int = 200, newest: bool = False) -> Sequence[CaseRow]:
        """Cases, oldest first (`newest`: the newest of them, last first).

        `state`: a contract state, `mine`, or None for all that are open.

        Raises:
            Invalid: an unknown state. Forbidden: the role sees no case.
        """
        chosen = case_reading.Filter(state, channel, topic, urgency, team, place, limit, newest)
        return await self._db.read(lambda session: case_reading.rows(session, who, chosen))

    async def counts(self, who: Principal) -> dict[str, int]:
        """How many cases are in each open state, and `mine`."""
        return await self._db.read(lambda session: case_reading.counts(session, who))

    async def get(self, who: Principal, case_id: int) -> CaseDetail:
        """A case with everything an advisor needs; the look goes into the audit log."""
        def work(session: Session) -> CaseDetail:
            detail = case_reading.detail(session, who, case_id, self._wording.sentences)
            write_audit(session, who.account_id, "case_seen", "case", str(case_id))
            return detail

        return await self._db.write(work)

    async def find_by_conversation(self, conversation_id: str) -> int | None:
        """The newest case of a conversation."""
        def work(session: Session) -> int | None:
            case = cases.last_of(session, conversation_id)
            return case.id if case else None

        return await self._db.read(work)

    async def claim(self, who: Principal, case_id: int, *, within_capacity: bool = False) -> CaseRow:
        """Takes a waiting case; claiming one's own again changes nothing.

        Capacity limits what is given to an advisor, not what they take: `within_capacity` asks once more before one too many
        (never before a message of distress).

        Raises:
            AlreadyClaimed: somebody else has it (named). Conflict: it is over. Full: one more than their capacity.
        """
        return await self._db.write(lambda session: self._claim(session, who, case_id, within_capacity))

    async def reply(self, who: Principal, case_id: int, text: str, *, idempotency_key: str | None = None,
                    cards: Sequence[Json] = ()) -> MessageView:
        """Writes to the citizen; the same key again gives the same message.

        Raises:
            Forbidden: not the owner. Invalid: empty or too long.
        """
        body = text.strip()
        if not body or len(body) > _LONGEST_TEXT:
            raise Invalid("Le message est vide." if not body else "Le message est trop long.")
        said = Reply(body, cards=tuple(Card.from_wire(card) for card in cards))
        return await self._db.write(lambda session: self._reply(session, who, case_id, said, idempotency_key))

    async def note(self, who: Principal, case_id: int, text: str) -> NoteView:
        """Adds a note for colleagues."""
        if not text.strip():
            raise Invalid("La note est vide.")

        def work(session: Session) -> NoteView:
            case, _ = cases.for_person(session, who, case_id)
            row = Note(case_id=case.id, account_id=who.account_id, text=text.strip()[:_LONGEST_TEXT])
            session.add(row)
            transitions.record(session, case, "note", by=who.account_id)
            session.flush()
            return note_view(row, who.name)

        return await self._db.write(work)

    async def transfer(self, who: Principal, case_id: int, to: str, word: str = "") -> CaseRow:
        """Gives the case to an account (id or e-mail) or to a team (back in the queue, for that team), with a word for them.

        Raises:
            NotFound: no such account and no such team. Conflict: the colleague is unavailable or follows as many as they can.
        """
        return await self._db.write(lambda session: self._transfer(session, who, case_id, to.strip(), word.strip()))

    async def return_to_bot(self, who: Principal, case_id: int) -> CaseRow:
        """The bot answers again, with the slots it had; the citizen is told."""
        return await self._move(who, case_id, self._return)

    async def close(self, who: Principal, case_id: int, outcome: str, reason: str | None = None) -> CaseRow:
        """Ends the case with an outcome of the contract.

        Raises:
            Invalid: an unknown outcome.
        """
        if outcome not in OUTCOMES:
            raise Invalid(f"Issue inconnue ; valeurs possibles : {', '.join(OUTCOMES)}.")

        def ending(session: Session, who: Principal, case: Case, conversation: Conversation) -> None:
            self._close(session, who, case, conversation, outcome, reason)

        return await self._move(who, case_id, ending)

    async def reopen(self, who: Principal, case_id: int, *, within_capacity: bool = False) -> CaseRow:
        """Opens a finished case again, for the one who asks.

        Raises:
            Conflict: it is open, or another of this person is. Full: as for `claim`.
        """
        return await self._db.write(lambda session: self._reopen(session, who, case_id, within_capacity))

    async def requeue(self, who: Principal, case_id: int) -> CaseRow:
        """Puts the case back into the queue; its place is that of its first arrival."""
        def back(session: Session, who: Principal, case: Case, conversation: Conversation) -> None:
            case.owner_id = None
            transitions.move(session, conversation, case, CaseState.QUEUED, "requeued", by=who.account_id)
            self._tell(session, conversation, "handoff.requeued")

        return await self._move(who, case_id, back)

    async def snooze(self, who: Principal, case_id: int, until: datetime | None) -> CaseRow:
        """Hides the case from the queue until an instant (None: shows it again)."""
        def later(session: Session, who: Principal, case: Case, conversation: Conversation) -> None:
            case.snoozed_until = until
            transitions.record(session, case, "snoozed", by=who.account_id)

        return await self._move(who, case_id, later, owner_only=False)

    async def take_over(self, who: Principal, conversation_id: str, *, within_capacity: bool = False) -> CaseRow:
        """Takes a conversation that nobody asked to hand over.

        Raises:
            AlreadyClaimed, Full: as for `claim`.
        """
        return await self._db.write(lambda session: self._take_over(session, who, conversation_id, within_capacity))

    async def _move(self, who: Principal, case_id: int, change: Callable[[Session, Principal, Case, Conversation], None], *,
                    owner_only: bool = True) -> CaseRow:
        def work(session: Session) -> CaseRow:
            case, conversation = self._mine(session, who, case_id) if owner_only else self._any(session, who, case_id)
            change(session, who, case, conversation)
            return self._row(session, case)

        return await self._db.write(work)

    def _claim(self, session: Session, who: Principal, case_id: int, within_capacity: bool = False) -> CaseRow:
        case, owner = cases.for_person(session, who, case_id)
        if case.owner_id == who.account_id and case.state == CaseState.HUMAN:
            return self._row(session, case)
        if case.owner_id is not None and owner and case.state in OPEN_STATES:
            raise AlreadyClaimed(owner)
        if within_capacity and case.urgency != Urgency.DISTRESS:
            _need_room(session, who)
        conversation = self._locked(session, case.conversation_id)
        if not transitions.take(session, case_id, who.account_id):
            session.refresh(case)
            if case.owner_id == who.account_id and case.state == CaseState.HUMAN:
                return self._row(session, case)  # the same person, twice at the same moment
            self._refuse(session, case)
        session.refresh(case)
        case.first_reply_at = None
        transitions.follow(session, conversation, case, "claimed", by=who.account_id)
        self._tell(session, conversation, "handoff.claimed", name=who.first_name)
        return self._row(session, case)

    def _refuse(self, session: Session, case: Case) -> None:
        owner = cases.names(session, {case.owner_id}).get(case.owner_id or "")
        if owner and case.state in OPEN_STATES:
            raise AlreadyClaimed(owner)
        raise Conflict("Cette demande est terminée.")

    def _reply(self, session: Session, who: Principal, case_id: int, said: Reply, key: str | None) -> MessageView:
        case, conversation = self._mine(session, who, case_id)
        client_id = f"advisor:{key}"[:80] if key else None
        if client_id and (known := threads.message_by_client_id(session, conversation.id, client_id)) is not None:
            return MessageView.of(known)
        row = self._poster.post(session, conversation, [said], author=Author.ADVISOR, account_id=who.account_id,
                                client_id=client_id)[0]
        case.last_advisor_at = now()
        case.first_reply_at = case.first_reply_at or now()
        transitions.record(session, case, "reply", by=who.account_id)
        return MessageView.of(row)

    def _transfer(self, session: Session, who: Principal, case_id: int, to: str, word: str) -> CaseRow:
        case, conversation = self._mine(session, who, case_id)
        target = accounts.find(session, to)
        if target is None and to not in teams.names(session):
            raise NotFound("Ni compte ni équipe de ce nom.")
        if target is not None:
            _may_receive(session, who, target)
        case.owner_id = target.id if target else None
        case.team = (target.team or case.team) if target else to
        state = CaseState.HUMAN if target else CaseState.QUEUED
        detail = {"to": target.name if target else to}
        if word:
            session.add(Note(case_id=case.id, account_id=who.account_id, text=word[:_LONGEST_TEXT]))
        transitions.move(session, conversation, case, state, "transferred", by=who.account_id, data=detail)
        announce(session, News(QUEUE_TOPIC, GIVEN, str(case.id)))
        self._tell(session, conversation, "handoff.transferred")
        return self._row(session, case)

    def _return(self, session: Session, who: Principal, case: Case, conversation: Conversation) -> None:
        planned = [row for row in cases.callbacks(session, case.id) if row.state == CallbackState.PLANNED]
        # A call that is still promised outlives the chat: the case goes on as a call-back.
        state = CaseState.CALLBACK if planned else CaseState.CLOSED
        if planned:
            case.owner_id = None
        transitions.move(session, conversation, case, state, "returned", by=who.account_id, returned=True)
        conversation.misunderstood = 0
        self._tell(session, conversation, "handoff.returned", offer=True)

    def _close(self, session: Session, who: Principal, case: Case, conversation: Conversation, outcome: str,
               reason: str | None) -> None:
        case.outcome = outcome
        for row in cases.callbacks(session, case.id):
            _end_callback(row, outcome)
        case_summary.fill(case, conversation, threads.whole(session, conversation.id), self._wording.sentences)
        detail: Json = {"outcome": outcome, **({"reason": reason[:500]} if reason else {})}
        waited_for = case.state != CaseState.CALLBACK
        transitions.move(session, conversation, case, CaseState.CLOSED, "closed", by=who.account_id, data=detail)
        if waited_for:
            self._tell(session, conversation, "handoff.closed", feedback=True)

    def _reopen(self, session: Session, who: Principal, case_id: int, within_capacity: bool) -> CaseRow:
        case, conversation = self._any(session, who, case_id)
        if within_capacity:
            _need_room(session, who)
        if cases.open_of(session, conversation.id) is not None:
            raise Conflict("Une demande est déjà ouverte pour cette conversation.")
        case.owner_id = who.account_id
        reopen(session, conversation, case, keep_owner=True, by=who.account_id)
        self._tell(session, conversation, "handoff.reopened")
        return self._row(session, case)

    def _take_over(self, session: Session, who: Principal, conversation_id: str, within_capacity: bool) -> CaseRow:
        who.need(who.sees_cases)
        conversation = self._locked(session, conversation_id)
        case = cases.open_of(session, conversation_id)
        if case is not None:
            return self._claim(session, who, case.id, within_capacity)
        if within_capacity:
            _need_room(session, who)
        case = Case(conversation_id=conversation.id, channel=conversation.channel, state=CaseState.HUMAN, reason="take_over",
                    public="inconnu", urgency="normale", owner_id=who.account_id, claimed_at=now(), last_citizen_at=now())
        session.add(case)
        session.flush()
        case_summary.fill(case, conversation, threads.whole(session, conversation.id), self._wording.sentences)
        case.team = teams.team_for(session, case.topic, case.territory)
        transitions.move(session, conversation, case, CaseState.HUMAN, "taken_over", by=who.account_id)
        self._tell(session, conversation, "handoff.claimed", name=who.first_name)
        return self._row(session, case)

    def _mine(self, session: Session, who: Principal, case_id: int) -> tuple[Case, Conversation]:
        """The case and its conversation, locked, when this person owns it (a supervisor may act on any, but not write)."""
        case, conversation = self._any(session, who, case_id)
        if case.owner_id != who.account_id:
            raise Forbidden("Cette demande n'est pas la vôtre : prenez-la d'abord.")
        if case.state != CaseState.HUMAN:
            raise Conflict("Cette demande n'est plus dans un état qui le permet.")
        return case, conversation

    def _any(self, session: Session, who: Principal, case_id: int) -> tuple[Case, Conversation]:
        case, _ = cases.for_person(session, who, case_id)
        conversation = self._locked(session, case.conversation_id)
        session.refresh(case)  # what was read before the lock may be out of date
        return case, conversation

    @staticmethod
    def _locked(session: Session, conversation_id: str) -> Conversation:
        conversation = threads.by_id(session, conversation_id, lock=True)
        if conversation is None:
            raise NotFound("Cette conversation n'existe pas.")
        return conversation

    def _row(self, session: Session, case: Case) -> CaseRow:
        return CaseRow.of(case, cases.names(session, {case.owner_id}).get(case.owner_id or ""))

    def _tell(self, session: Session, conversation: Conversation, sentence: str, *, offer: bool = False, feedback: bool = False,
              **values: object) -> None:
        buttons = [self._wording.person()] if offer else []
        if feedback:
            buttons.append(self._wording.button("feedback"))
        self._poster.post(session, conversation, [self._wording.reply(sentence, buttons, **values)])
        # What waited for the bot when a person took over is that person's now.
        for message in threads.pending(session, conversation.id) if conversation.mode == Mode.HUMAN else ():
            message.state = MessageState.RELAYED
        announce(session, News(conversation_topic(conversation.id), "mode", conversation.id))


def _need_room(session: Session, who: Principal) -> None:
    account = session.get(Account, who.account_id)
    if account is not None and not staff.has_room(session, account):
        raise Full(account.capacity)


def _may_receive(session: Session, who: Principal, target: Account) -> None:
    if not target.active or not Principal(target.id, target.name, target.role).sees_cases:
        raise NotFound("Ce compte ne peut pas recevoir de demande.")
    if who.supervises or target.id == who.account_id:
        return  # a supervisor may give one more
    if not target.available:
        raise Conflict(f"{target.name} est indisponible : choisissez une autre personne ou une équipe.")
    if not staff.has_room(session, target):
        raise Conflict(f"{target.name} suit déjà {target.capacity} demandes : choisissez une autre personne ou une équipe.")


def _end_callback(row: Callback, outcome: str) -> None:
    """A case that ends with an appointment leaves it standing; otherwise nobody calls any more."""
    if row.state == CallbackState.PLANNED and outcome != "rendez_vous":
        row.state = CallbackState.DONE if outcome == "rappel_fait" else CallbackState.CANCELLED
