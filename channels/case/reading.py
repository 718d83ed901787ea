"""What advisors see of cases: lists, counts, and one case with its whole context. Reads only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.case import summary as case_summary
from channels.case.views import (
    CallbackView,
    CaseDetail,
    CaseEventView,
    CaseRow,
    DeliveryView,
    MessageView,
    NoteView,
    PersonView,
    note_view,
)
from channels.errors import Invalid
from channels.people.principal import Principal
from channels.sentences import Sentences
from channels.store import cases, origins, threads
from channels.store.models import OPEN_STATES, Case, CaseState, Contact, Conversation

_STATES = {*(str(state) for state in CaseState), "mine"}


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cases; None means any (`state` None: all that are open)."""

    state: str | None = None
    channel: str | None = None
    topic: int | None = None
    urgency: str | None = None
    team: str | None = None
    place: str | None = None
    limit: int = 200
    newest: bool = False


def rows(session: Session, who: Principal, chosen: Filter) -> Sequence[CaseRow]:
    """Cases that this person may see, oldest first.

    Raises:
        Invalid: an unknown state. Forbidden: the role sees no case.
    """
    if chosen.state is not None and chosen.state not in _STATES:
        raise Invalid(f"État inconnu ; valeurs possibles : {', '.join(sorted(_STATES))}.")
    query = cases.visible_to(who)
    if chosen.state == "mine":
        query = query.where(Case.owner_id == who.account_id, Case.state.in_(OPEN_STATES))
    else:
        query = query.where(Case.state.in_(OPEN_STATES) if chosen.state is None else Case.state == chosen.state)
    for column, wanted in ((Case.channel, chosen.channel), (Case.topic, chosen.topic), (Case.urgency, chosen.urgency),
                           (Case.team, chosen.team), (Case.place, chosen.place)):
        if wanted is not None:
            query = query.where(column == wanted)
    order = (Case.queued_at.desc(), Case.id.desc()) if chosen.newest else (Case.queued_at, Case.id)
    found = session.execute(query.order_by(*order).limit(min(max(chosen.limit, 1), 500))).all()
    return [CaseRow.of(case, owner.name if owner else None) for case, owner in found]


OpenCases = Sequence[tuple[str, str | None, int]]  # state, owner, how many


def open_cases(session: Session) -> OpenCases:
    """How many open cases are in each state with each owner."""
    found = session.execute(select(Case.state, Case.owner_id, func.count()).where(Case.state.in_(OPEN_STATES))
                            .group_by(Case.state, Case.owner_id)).tuples()
    return [(str(state), owner, int(number)) for state, owner, number in found]


def counts_for(who: Principal, found: OpenCases) -> dict[str, int]:
    """How many cases are in each open state, how many are this person's (`mine`), how many fill their capacity (`followed`)."""
    by_state = {str(state): sum(number for name, _, number in found if name == state) for state in OPEN_STATES}
    mine = [(state, number) for state, owner, number in found if owner == who.account_id]
    return {**by_state, "mine": sum(number for _, number in mine),
            "followed": sum(number for state, number in mine if state == CaseState.HUMAN)}


def counts(session: Session, who: Principal) -> dict[str, int]:
    """The same, read now.

    Raises:
        Forbidden: the role sees no case.
    """
    who.need(who.sees_cases)
    return counts_for(who, open_cases(session))


def detail(session: Session, who: Principal, case_id: int, sentences: Sentences) -> CaseDetail:
    """One case with its transcript, notes, history, call-backs, deliveries, and the person's context."""
    case, owner = cases.for_person(session, who, case_id)
    conversation = threads.by_id(session, case.conversation_id)
    messages = threads.whole(session, case.conversation_id)
    slots = case_summary.slots_of(conversation) if conversation else {}
    parts = case_summary.parts(case, slots, messages, sentences)
    notes, events = _notes_and_events(session, case)
    return CaseDetail(
        row=CaseRow.of(case, owner), parts=parts, messages=[MessageView.of(row) for row in messages], notes=notes, events=events,
        callbacks=[CallbackView.of(row) for row in cases.callbacks(session, case.id)],
        deliveries=[DeliveryView.of(row) for row in cases.deliveries(session, case.conversation_id)],
        person=_person(session, conversation, slots), earlier=_earlier(session, who, case, conversation),
        mode=str(conversation.mode) if conversation else "closed",
        same_place=origins.open_cases(session, conversation) if conversation else 0)


def _notes_and_events(session: Session, case: Case) -> tuple[list[NoteView], list[CaseEventView]]:
    notes, events = cases.notes(session, case.id), cases.history(session, case.id)
    names = cases.names(session, {*(row.account_id for row in notes), *(row.account_id for row in events)})
    return ([note_view(row, names.get(row.account_id, "")) for row in notes],
            [CaseEventView.of(row, names.get(row.account_id or "")) for row in events])


def _person(session: Session, conversation: Conversation | None, slots: dict[str, object]) -> PersonView:
    contact = session.get(Contact, conversation.contact_id) if conversation and conversation.contact_id else None
    if contact is None:
        return PersonView(None, None, False, slots)
    return PersonView(contact.phone or None, contact.name, contact.opted_out_at is not None, slots)


def _earlier(session: Session, who: Principal, case: Case, conversation: Conversation | None) -> list[CaseRow]:
    """Other cases of the same person: the same conversation, or the same number when there is one."""
    same = select(Conversation.id).where(Conversation.id == case.conversation_id)
    if conversation is not None and conversation.contact_id:
        same = select(Conversation.id).where(Conversation.contact_id == conversation.contact_id)
    query = cases.visible_to(who).where(Case.conversation_id.in_(same), Case.id != case.id)
    found = session.execute(query.order_by(Case.id.desc()).limit(20)).all()
    return [CaseRow.of(row, owner.name if owner else None) for row, owner in found]
