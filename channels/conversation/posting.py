"""Writes what we say: messages in order, and the outbox rows that carry them where a provider is needed. Never commits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

from sqlalchemy.orm import Session

from channels.conversation.fanout import News, conversation_topic
from channels.delivery.sending import enqueue
from channels.messages import Reply
from channels.ports import Ports
from channels.privacy.crypto import new_id
from channels.store.database import announce
from channels.store.models import Author, Contact, Conversation, Message, MessageState, OutboxRow, OutboxState
from clock import now

_CONVERSING = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Leaving:
    """How something is sent. `always`: even after STOP; `whole`: a person's words or a safety text, complete and outside of
    the daily budget; `unasked`: a notice to somebody who has not written for a while, which waits for a decent hour."""

    always: bool = False
    whole: bool = False
    unasked: bool = False


@dataclass(frozen=True)
class Poster:
    """Adds our messages to a conversation. `ports` say which channels leave by the outbox and how.

    `greeting` opens the first SMS of a thread: it says that the assistant is automatic.
    """

    ports: Ports
    greeting: str = ""

    def post(self, session: Session, conversation: Conversation, replies: Sequence[Reply], *, author: Author = Author.SYSTEM,
             in_reply_to: str | None = None, account_id: str | None = None, client_id: str | None = None,
             always: bool = False) -> list[Message]:
        """Stores the replies as visible and enqueues what must be sent.

        `always`: goes out even to a number that said STOP (the confirmation itself, and numbers that may save a life).
        """
        rows = [add_message(session, conversation, reply, author, MessageState.VISIBLE, in_reply_to=in_reply_to,
                            account_id=account_id, client_id=client_id) for reply in replies]
        if rows:
            person = author == Author.ADVISOR
            unasked = author == Author.SYSTEM and in_reply_to is None and not always and _is_quiet(conversation)
            self._enqueue(session, conversation, replies, rows[-1], Leaving(always, always or person, unasked))
        return rows

    def suppress(self, session: Session, conversation: Conversation, replies: Sequence[Reply], *, epoch: int,
                 in_reply_to: str) -> None:
        """Keeps answers that came too late: stored for whoever wonders, shown and sent to nobody."""
        for reply in replies:
            add_message(session, conversation, reply, Author.BOT, MessageState.SUPPRESSED, in_reply_to=in_reply_to, epoch=epoch)

    def _enqueue(self, session: Session, conversation: Conversation, replies: Sequence[Reply], last: Message,
                 leaving: Leaving) -> None:
        port = self.ports.get(conversation.channel)
        contact = session.get(Contact, conversation.contact_id) if port and conversation.contact_id else None
        if port is None or contact is None:
            return
        spoken_to = replies if leaving.always else self._greeted(conversation, replies)
        rendered = port.render(spoken_to, conversation.channel_state or {}, whole=leaving.whole)
        conversation.channel_state = rendered.state
        self.send_bodies(session, conversation, contact, rendered.bodies, last.id, leaving)

    def _greeted(self, conversation: Conversation, replies: Sequence[Reply]) -> Sequence[Reply]:
        if conversation.greeted or conversation.channel != "sms" or not self.greeting:
            return replies
        conversation.greeted = True
        first = replies[0]
        return [replace(first, sms=f"{self.greeting}\n{first.sms or first.text}",
                        text=f"{self.greeting}\n{first.text}"), *replies[1:]]

    @staticmethod
    def send_bodies(session: Session, conversation: Conversation, contact: Contact, bodies: Sequence[str],
                    message_id: str, leaving: Leaving | None = None) -> None:
        """One outbox row a body, in the person's own lane."""
        leaving = leaving or Leaving()
        blocked = contact.opted_out_at is not None and not leaving.always
        state = OutboxState.BLOCKED if blocked else OutboxState.PENDING
        more = {name: True for name, wanted in (
            ("urgent", leaving.whole), ("unasked", leaving.unasked), ("always", leaving.always)) if wanted}
        for body in bodies:
            enqueue(session, OutboxRow(
                kind="sms", lane=contact.phone_hash, conversation_id=conversation.id, message_id=message_id, state=state,
                error_code="opted_out" if blocked else None, payload={"to": contact.phone, "body": body, **more}))


def _is_quiet(conversation: Conversation) -> bool:
    return conversation.last_activity_at < now() - _CONVERSING


def add_message(session: Session, conversation: Conversation, reply: Reply, author: Author, state: MessageState, *,
                in_reply_to: str | None = None, account_id: str | None = None, client_id: str | None = None,
                epoch: int | None = None) -> Message:
    """Appends one of our messages and tells the live screens when it is visible."""
    conversation.last_seq += 1
    message = Message(
        id=new_id(), conversation_id=conversation.id, seq=conversation.last_seq, channel=conversation.channel, author=author,
        account_id=account_id, client_id=client_id, text=reply.text, body=_body(reply), state=state, topic=reply.topic,
        epoch=conversation.epoch if epoch is None else epoch, in_reply_to=in_reply_to, created_at=now(),
        understood=reply.understood if author == Author.BOT else None)
    session.add(message)
    if state == MessageState.VISIBLE:
        announce(session, News(conversation_topic(conversation.id), "message", message.id, message.seq))
    return message


def _body(reply: Reply) -> dict[str, object] | None:
    # Plain sentences have nothing to encrypt beside their text.
    return reply.body() if reply.cards or reply.quick_replies or reply.sms or reply.spoken or reply.input else None
