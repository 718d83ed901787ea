"""What services give back: frozen copies of rows, free of the session; `wire()` is the contract's JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from channels.messages import Json
from channels.store.models import Account, Alert, Callback, Case, CaseEvent, Conversation, Message, Note, OutboxRow
from clock import now


@dataclass(frozen=True, slots=True)
class MessageView:
    """One message. `buttons` are the stored {"label", "payload"}; clients get only `action` ids."""

    id: str
    seq: int
    author: str
    text: str
    sent_at: datetime
    in_reply_to: str | None = None
    cards: tuple[Json, ...] = ()
    buttons: tuple[Json, ...] = ()
    sms: str | None = None
    spoken: str | None = None
    state: str = "visible"
    topic: int | None = None
    account_id: str | None = None
    intent: str | None = None
    confidence: float | None = None
    understood: bool | None = None
    failure: str | None = None
    client_id: str | None = None
    input: str | None = None
    pictures: int = 0

    @classmethod
    def of(cls, row: Message) -> MessageView:
        """From a row."""
        body = row.body or {}
        return cls(
            id=row.id, seq=row.seq, author=str(row.author), text=row.text, sent_at=row.created_at, in_reply_to=row.in_reply_to,
            cards=tuple(body.get("cards") or ()), buttons=tuple(body.get("quick_replies") or ()), sms=body.get("sms"),
            spoken=body.get("spoken"), state=str(row.state), topic=row.topic, account_id=row.account_id, intent=row.intent,
            confidence=row.confidence, understood=row.understood, failure=row.failure,
            client_id=row.client_id, input=body.get("input"),
            pictures=int((body.get("provider") or {}).get("media") or 0))

    def wire(self) -> Json:
        """The contract's Message."""
        buttons = [{"label": item["label"], "action": action_id(self.seq, index)} for index, item in enumerate(self.buttons)]
        return {"id": self.id, "seq": self.seq, "author": self.author, "text": self.text,
                "sent_at": self.sent_at.isoformat(), "quick_replies": buttons, "cards": list(self.cards),
                "in_reply_to": self.in_reply_to}


def action_id(seq: int, index: int) -> str:
    """The opaque id of a button: it can only name what the server offered in that conversation."""
    return f"a{seq}-{index}"


@dataclass(frozen=True, slots=True)
class Accepted:
    """The citizen's message as stored."""

    client_id: str | None
    id: str
    seq: int

    def wire(self) -> Json:
        """The contract's `accepted`."""
        return {"client_id": self.client_id, "id": self.id, "seq": self.seq}


@dataclass(frozen=True, slots=True)
class Answer:
    """What a message brought. `pending`: the engine is still to be asked (only from `relay.accept`)."""

    conversation_id: str
    accepted: Accepted
    mode: str
    messages: tuple[MessageView, ...] = ()
    duplicate: bool = False
    pending: bool = False

    def wire(self) -> Json:
        """The contract's answer of POST /api/chat/messages."""
        return {"accepted": self.accepted.wire(), "mode": self.mode, "messages": [item.wire() for item in self.messages]}


@dataclass(frozen=True, slots=True)
class Thread:
    """A conversation as a transport needs it."""

    conversation_id: str
    contact_id: str | None
    mode: str
    last_seq: int
    channel_state: Json

    @classmethod
    def of(cls, row: Conversation) -> Thread:
        """From a row."""
        return cls(row.id, row.contact_id, str(row.mode), row.last_seq, row.channel_state or {})


@dataclass(frozen=True, slots=True)
class Session:
    """A web session that is still open."""

    conversation_id: str
    mode: str
    last_seq: int
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class OpenedSession:
    """A new web session with its only copy of the token."""

    session_id: str
    token: str
    expires_at: datetime
    mode: str
    messages: tuple[MessageView, ...]

    def wire(self) -> Json:
        """The contract's answer of POST /api/chat/sessions."""
        return {"session_id": self.session_id, "token": self.token, "expires_at": self.expires_at.isoformat(),
                "mode": self.mode, "messages": [item.wire() for item in self.messages]}


@dataclass(frozen=True, slots=True)
class Events:
    """Everything visible after a sequence number; `next` is the `after` of the next call. `typing`: "advisor" or None."""

    mode: str
    messages: tuple[MessageView, ...]
    next: int
    typing: str | None = None

    def wire(self) -> Json:
        """The contract's answer of GET /api/chat/events."""
        return {"mode": self.mode, "messages": [item.wire() for item in self.messages], "next": self.next}


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case in a list. `owner` is the owner's display name, `asks` what the person asked, in few words."""

    id: int
    conversation_id: str
    state: str
    channel: str
    topic: int | None
    public: str
    place: str | None
    urgency: str
    owner: str | None
    owner_id: str | None
    team: str | None
    reason: str
    outcome: str | None
    waiting_seconds: int
    summary: str
    opened_at: datetime
    queued_at: datetime
    claimed_at: datetime | None
    closed_at: datetime | None
    last_citizen_at: datetime | None
    last_advisor_at: datetime | None
    snoozed_until: datetime | None
    territory: str | None = None
    asks: tuple[str, ...] = ()

    @classmethod
    def of(cls, row: Case, owner: str | None) -> CaseRow:
        """From a row and its owner's name."""
        return cls(
            id=row.id, conversation_id=row.conversation_id, state=str(row.state), channel=row.channel, topic=row.topic,
            public=row.public, place=row.place, urgency=str(row.urgency), owner=owner, owner_id=row.owner_id, team=row.team,
            reason=row.reason, outcome=row.outcome, waiting_seconds=waiting_seconds(row), summary=row.summary,
            opened_at=row.created_at, queued_at=row.queued_at, claimed_at=row.claimed_at, closed_at=row.closed_at,
            last_citizen_at=row.last_citizen_at, last_advisor_at=row.last_advisor_at, snoozed_until=row.snoozed_until,
            territory=row.territory, asks=tuple((row.summary_parts or {}).get("asks") or ()))

    def wire(self) -> Json:
        """The contract's case."""
        return {"id": self.id, "state": self.state, "channel": self.channel, "topic": self.topic, "public": self.public,
                "place": self.place, "urgency": self.urgency, "owner": self.owner,
                "waiting_seconds": self.waiting_seconds, "summary": self.summary, "team": self.team,
                "outcome": self.outcome, "territory": self.territory}


def waiting_seconds(row: Case) -> int:
    """Seconds since the case was queued, until it was claimed or ended."""
    end = row.claimed_at if row.claimed_at and row.claimed_at >= row.queued_at else row.closed_at or now()
    return max(0, int((end - row.queued_at).total_seconds()))


@dataclass(frozen=True, slots=True)
class NoteView:
    """A colleague's note."""

    id: str
    author: str
    text: str
    written_at: datetime


@dataclass(frozen=True, slots=True)
class CaseEventView:
    """One line of a case's history. `by` is a display name, None for the system or the citizen."""

    kind: str
    by: str | None
    at: datetime
    data: Json

    @classmethod
    def of(cls, row: CaseEvent, by: str | None) -> CaseEventView:
        """From a row and the actor's name."""
        return cls(row.kind, by, row.created_at, row.data or {})


@dataclass(frozen=True, slots=True)
class CallbackView:
    """A promised call or meeting. `account_id`: who keeps it, None = whoever is there. `verified`: the number wrote or called."""

    id: str
    case_id: int
    phone: str
    name: str | None
    starts_at: datetime
    ends_at: datetime
    state: str
    attempts: int
    kind: str = "rappel"
    account_id: str | None = None
    place: str | None = None
    verified: bool = True

    @classmethod
    def of(cls, row: Callback) -> CallbackView:
        """From a row."""
        return cls(row.id, row.case_id, row.phone, row.name, row.starts_at, row.ends_at, row.state, row.attempts,
                   row.kind or "rappel", row.account_id, row.place, row.verified)


@dataclass(frozen=True, slots=True)
class DeliveryView:
    """Where an outgoing message is. `error_code` is the provider's."""

    id: int
    message_id: str | None
    kind: str
    state: str
    attempts: int
    error_code: str | None

    @classmethod
    def of(cls, row: OutboxRow) -> DeliveryView:
        """From a row."""
        return cls(row.id, row.message_id, row.kind, row.state, row.attempts, row.error_code)


@dataclass(frozen=True, slots=True)
class PersonView:
    """What an advisor may know of the person: number and name when the channel gave them, slots said in the dialogue."""

    phone: str | None
    name: str | None
    opted_out: bool
    slots: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class CaseDetail:
    """A case with everything an advisor needs. `parts`: {"who", "asks", "answered", "wants"} in French.

    `same_place`: other open cases that came from the same address (a school, or somebody who plays).
    """

    row: CaseRow
    parts: Mapping[str, Any]
    messages: Sequence[MessageView]
    notes: Sequence[NoteView]
    events: Sequence[CaseEventView]
    callbacks: Sequence[CallbackView]
    deliveries: Sequence[DeliveryView]
    person: PersonView
    earlier: Sequence[CaseRow]
    mode: str
    same_place: int = 0

    def wire(self) -> Json:
        """The contract's case with summary, person's context and full transcript."""
        return {**self.row.wire(), "parts": dict(self.parts), "mode": self.mode,
                "person": {"phone": self.person.phone, "name": self.person.name, "slots": dict(self.person.slots)},
                "messages": [{**item.wire(), "state": item.state} for item in self.messages],
                "notes": [{"id": note.id, "author": note.author, "text": note.text, "written_at": note.written_at.isoformat()}
                          for note in self.notes],
                "history": [{"kind": event.kind, "by": event.by, "at": event.at.isoformat(), "data": event.data}
                            for event in self.events],
                "callbacks": [{"id": item.id, "starts_at": item.starts_at.isoformat(), "state": item.state,
                               "ends_at": item.ends_at.isoformat(), "phone": item.phone, "name": item.name, "kind": item.kind,
                               "place": item.place, "verified": item.verified} for item in self.callbacks]}


@dataclass(frozen=True, slots=True)
class AlertView:
    """An alert that somebody must see. `told`: names of those it was sent to; `error`: who could not be told, and why."""

    id: str
    kind: str
    theme: str | None
    case_id: int | None
    state: str
    error: str | None
    raised_at: datetime
    told: str = ""

    @classmethod
    def of(cls, row: Alert) -> AlertView:
        """From a row."""
        return cls(row.id, row.kind, row.theme, row.case_id, row.state, row.error, row.created_at, row.told or "")


@dataclass(frozen=True, slots=True)
class AccountRow:
    """A colleague, as administrators see them."""

    id: str
    email: str
    name: str
    role: str
    team: str | None
    capacity: int
    active: bool
    available: bool
    totp_enabled: bool
    last_seen_at: datetime | None

    @classmethod
    def of(cls, row: Account) -> AccountRow:
        """From a row."""
        return cls(row.id, row.email, row.name, row.role, row.team, row.capacity, row.active, row.available,
                   row.totp_enabled, row.last_seen_at)


def note_view(row: Note, author: str) -> NoteView:
    """From a row and its author's name."""
    return NoteView(row.id, author, row.text, row.created_at)
