"""Repository of conversations, contacts and messages. Nothing here commits; a conversation that will change is locked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from channels.store.models import Author, Contact, Conversation, Message, MessageState, Mode
from channels.store.types import keys_of
from clock import now

# A caller or a texter who comes back after that long starts a new thread (the case keeps the old one).
THREAD_LIFE = timedelta(days=7)
_SHOWN = (MessageState.RECEIVED, MessageState.ANSWERED, MessageState.RELAYED, MessageState.OPTED_OUT, MessageState.VISIBLE)


def by_id(session: Session, conversation_id: str, *, lock: bool = False) -> Conversation | None:
    """The conversation, locked against other writers when asked."""
    return session.scalar(_maybe_locked(select(Conversation).where(Conversation.id == conversation_id), lock))


def by_token(session: Session, token_hash: str, *, lock: bool = False) -> Conversation | None:
    """The web conversation of this token when it has not expired."""
    query = select(Conversation).where(Conversation.token_hash == token_hash, Conversation.expires_at > now())
    return session.scalar(_maybe_locked(query, lock))


def contact_of(session: Session, phone: str) -> Contact:
    """The contact of this E.164 number, made when it is new."""
    found = find_contact(session, phone)
    if found is None:
        found = Contact(phone=phone, phone_hash=_hash(session, phone))
        session.add(found)
        session.flush()
    elif not found.phone:
        found.phone = phone  # erased earlier, kept only as a STOP: the person is back by themselves
    return found


def find_contact(session: Session, phone: str) -> Contact | None:
    """The contact of this E.164 number, if we know it."""
    return session.scalar(select(Contact).where(Contact.phone_hash == _hash(session, phone)))


def _hash(session: Session, value: str) -> str:
    return keys_of(session.get_bind().dialect).lookup(value)


def lookup_hash(session: Session, value: str) -> str:
    """The keyed hash of a value, as stored in the *_hash columns."""
    return _hash(session, value)


def of_contact(session: Session, contact: Contact, channel: str) -> Conversation | None:
    """The thread this person has on this channel, locked; None when it is too old to go on."""
    # An open case keeps its thread whatever its age.
    query = (select(Conversation).where(Conversation.contact_id == contact.id, Conversation.channel == channel)
             .order_by(Conversation.created_at.desc()).limit(1))
    found = session.scalar(_maybe_locked(query, True))
    if found is None:
        return None
    waiting = found.mode in {Mode.QUEUED, Mode.HUMAN, Mode.CALLBACK}
    return found if waiting or found.last_activity_at > now() - THREAD_LIFE else None


def message_by_client_id(session: Session, conversation_id: str, client_id: str) -> Message | None:
    """The message that came with this idempotency key."""
    return session.scalar(select(Message).where(Message.conversation_id == conversation_id, Message.client_id == client_id))


def message_by_provider_id(session: Session, channel: str, provider_id: str) -> Message | None:
    """The message that came with this provider's id."""
    return session.scalar(select(Message).where(Message.channel == channel, Message.provider_id == provider_id))


def message_at(session: Session, conversation_id: str, seq: int) -> Message | None:
    """The message with this sequence number."""
    return session.scalar(select(Message).where(Message.conversation_id == conversation_id, Message.seq == seq))


def replies_to(session: Session, message_id: str, conversation_id: str) -> Sequence[Message]:
    """The visible answers to a message, in order."""
    return session.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.in_reply_to == message_id,
                              Message.state == MessageState.VISIBLE).order_by(Message.seq)).all()


def after(session: Session, conversation_id: str, seq: int, limit: int = 200) -> Sequence[Message]:
    """What may be shown after a sequence number, in order."""
    return session.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.seq > seq, Message.state.in_(_SHOWN))
        .order_by(Message.seq).limit(limit)).all()


def whole(session: Session, conversation_id: str) -> Sequence[Message]:
    """Every message, suppressed ones too, in order."""
    return session.scalars(select(Message).where(Message.conversation_id == conversation_id).order_by(Message.seq)).all()


def pending(session: Session, conversation_id: str) -> Sequence[Message]:
    """The citizen's messages that nobody has answered yet, in order."""
    return session.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.state == MessageState.RECEIVED)
        .order_by(Message.seq)).all()


def unanswered(session: Session, before: datetime, limit: int = 500) -> Sequence[str]:
    """Conversations with a message left unanswered since before an instant, oldest first."""
    rows = session.execute(
        select(Message.conversation_id, Message.created_at)
        # What comes from the future was written before the clock was set back.
        .where(Message.state == MessageState.RECEIVED, (Message.created_at <= before) | (Message.created_at > now()))
        .order_by(Message.created_at).limit(limit))
    return list(dict.fromkeys(row[0] for row in rows))


def last_with_buttons(session: Session, conversation_id: str) -> Message | None:
    """Our newest message when it offers choices; an older offer is out of date once we have said something else."""
    newest = session.scalars(
        select(Message).where(Message.conversation_id == conversation_id, Message.state == MessageState.VISIBLE,
                              Message.author.in_((Author.BOT, Author.SYSTEM))).order_by(Message.seq.desc()).limit(3)).all()
    return next((item for item in newest if (item.body or {}).get("quick_replies")), None)


def _maybe_locked(query: Select[Conversation], lock: bool) -> Select[Conversation]:
    # SQLite has no row locks and needs none: its writers come one by one.
    return query.with_for_update() if lock else query
