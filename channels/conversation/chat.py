"""The web chat's services: sessions, tokens, single-use tickets, catch-up, transcript, feedback, and going on from an SMS."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.orm import Session as DbSession

from channels.case.views import Events, MessageView, OpenedSession, Session
from channels.conversation.fanout import News, conversation_topic
from channels.conversation.posting import Poster
from channels.conversation.wording import Wording
from channels.errors import Invalid, NotFound, Unauthorized
from channels.privacy.crypto import fingerprint, new_id, new_secret
from channels.privacy.erasure import erase_conversation
from channels.settings import Settings
from channels.store import ratings, threads
from channels.store.database import Database, announce
from channels.store.models import Author, ContinuationLink, Conversation, Message, MessageState, Mode, Ticket
from clock import in_paris, now

TICKET_LIFE = timedelta(seconds=60)
LINK_LIFE = timedelta(hours=48)
LONGEST_WAIT = 25.0  # seconds
_LONGEST_COMMENT = 1000


class Chat:
    """Web sessions. Every public method is one unit of work."""

    def __init__(self, db: Database, settings: Settings, poster: Poster, wording: Wording) -> None:
        self._db, self._settings, self._poster, self._wording = db, settings, poster, wording

    async def open_session(self, *, locale: str | None = None, page_url: str | None = None,
                           site_key: str | None = None, address: str | None = None) -> OpenedSession:
        """A new conversation; its first message says that the assistant is automatic. Of `address` a keyed hash is kept."""
        return await self._db.write(lambda session: self._open(session, _new(locale, page_url, site_key), address))

    async def session(self, token: str) -> Session:
        """The session of a token.

        Raises:
            Unauthorized: unknown or expired.
        """
        def work(session: DbSession) -> Session:
            row = threads.by_token(session, fingerprint(token))
            if row is None or row.expires_at is None:
                raise Unauthorized
            return Session(row.id, str(row.mode), row.last_seq, row.expires_at)

        return await self._db.read(work)

    async def events(self, conversation_id: str, after: int = 0, limit: int = 200) -> Events:
        """Everything visible after `after`."""
        return await self._db.read(lambda session: _events(session, conversation_id, after, limit))

    async def wait_events(self, conversation_id: str, after: int, wait: float) -> Events:
        """The same, waiting up to `wait` seconds (at most 25) for news; the advisor's typing and reading are news too."""
        deadline = asyncio.get_running_loop().time() + min(max(wait, 0.0), LONGEST_WAIT)
        async with self._db.fanout.subscribe(conversation_topic(conversation_id)) as subscription:
            found = await self.events(conversation_id, after)
            mode = found.mode
            hint: News | None = None
            while not found.messages and found.mode == mode and not by_advisor(hint):
                left = deadline - asyncio.get_running_loop().time()
                hint = await subscription.get(left) if left > 0 else None
                if hint is None:
                    break
                found = await self.events(conversation_id, after)
        return replace(found, typing=who_types(hint))

    async def ticket(self, conversation_id: str) -> str:
        """A single-use ticket for the event stream, good for 60 seconds."""
        secret = new_secret()

        def work(session: DbSession) -> None:
            session.execute(delete(Ticket).where(Ticket.expires_at < now()))
            session.add(Ticket(hash=fingerprint(secret), conversation_id=conversation_id, expires_at=now() + TICKET_LIFE))

        await self._db.write(work)
        return secret

    async def redeem(self, ticket: str) -> str:
        """The conversation of a ticket; the ticket is used up.

        Raises:
            Unauthorized: unknown, used or too old.
        """
        def work(session: DbSession) -> str | None:
            row = session.execute(delete(Ticket).where(Ticket.hash == fingerprint(ticket), Ticket.expires_at > now())
                                  .returning(Ticket.conversation_id)).first()
            return str(row[0]) if row else None

        found = await self._db.write(work)
        if found is None:
            raise Unauthorized("Ce ticket est inconnu, déjà utilisé ou expiré.")
        return found

    async def transcript(self, conversation_id: str) -> str:
        """The conversation as plain text, for the citizen."""
        return await self._db.read(lambda session: self._transcript(session, conversation_id))

    async def erase(self, conversation_id: str) -> None:
        """Erases the conversation and everything that hangs on it."""
        await self._db.write(lambda session: erase_conversation(session, _need(session, conversation_id, lock=True)))

    async def feedback(self, conversation_id: str, score: int, comment: str | None = None) -> None:
        """Stores a mark from 1 to 5.

        Raises:
            Invalid: another mark.
        """
        if not 1 <= score <= 5:
            raise Invalid("La note va de 1 à 5.")

        def work(session: DbSession) -> None:
            conversation = _need(session, conversation_id)
            row = ratings.rate(session, conversation.id, score)
            row.comment = (comment or "").strip()[:_LONGEST_COMMENT] or row.comment

        await self._db.write(work)

    async def continuation_link(self, conversation_id: str) -> str:
        """The secret of a single-use link to the web chat, good for 48 hours."""
        secret = new_secret()

        def work(session: DbSession) -> None:
            _need(session, conversation_id)
            session.add(ContinuationLink(hash=fingerprint(secret), conversation_id=conversation_id, expires_at=now() + LINK_LIFE))

        await self._db.write(work)
        return secret

    async def continue_from(self, token: str, address: str | None = None) -> OpenedSession:
        """Opens a web session that knows what the other conversation knew (slots, not texts); the link is used up.

        Raises:
            NotFound: the link is unknown, used or too old.
        """
        return await self._db.write(lambda session: self._continue(session, token, address))

    async def seen(self, conversation_id: str, seq: int, author: str) -> None:
        """Notes how far a side has read, and tells the other side."""
        column = "advisor_seen_seq" if author == Author.ADVISOR else "citizen_seen_seq"

        def work(session: DbSession) -> None:
            conversation = _need(session, conversation_id)
            read = max(getattr(conversation, column), min(seq, conversation.last_seq))
            setattr(conversation, column, read)
            announce(session, News(conversation_topic(conversation_id), "seen", author, read))

        await self._db.write(work)

    def typing(self, conversation_id: str, author: str) -> None:
        """Tells the other side that somebody writes; kept nowhere."""
        self._db.fanout.notify([News(conversation_topic(conversation_id), "typing", author)])

    def _open(self, session: DbSession, conversation: Conversation, address: str | None) -> OpenedSession:
        secret = new_secret()
        conversation.origin = threads.lookup_hash(session, address) if address else None
        conversation.token_hash = fingerprint(secret)
        expires_at = conversation.expires_at = now() + timedelta(hours=self._settings.session_hours)
        session.add(conversation)
        session.flush()
        rows = self._poster.post(session, conversation, [self._wording.reply("relay.welcome")])
        return OpenedSession(conversation.id, secret, expires_at, str(conversation.mode), tuple(map(MessageView.of, rows)))

    def _continue(self, session: DbSession, token: str, address: str | None) -> OpenedSession:
        used = session.execute(
            update(ContinuationLink).where(ContinuationLink.hash == fingerprint(token), ContinuationLink.used_at.is_(None),
                                           ContinuationLink.expires_at > now())
            .values(used_at=now()).returning(ContinuationLink.conversation_id)).first()
        if used is None:
            raise NotFound("Ce lien est inconnu, déjà utilisé ou expiré.")
        before = _need(session, str(used[0]))
        conversation = _new(None, None, None)
        conversation.contact_id, conversation.continued_from = before.contact_id, before.id
        conversation.engine_state = before.engine_state
        return self._open(session, conversation, address)

    def _transcript(self, session: DbSession, conversation_id: str) -> str:
        _need(session, conversation_id)
        say = self._wording.sentences
        lines = [say.text("transcript.title"), ""]
        for message in threads.after(session, conversation_id, 0, limit=10_000):
            when = in_paris(message.created_at).strftime("%d/%m/%Y %H:%M")
            lines.append(f"[{when}] {say.text(f'transcript.{message.author}')} : {message.text}")
            lines += [f"    - {line}" for line in _card_lines(message)]
        return "\n".join(lines) + "\n"


def by_advisor(news: News | None) -> bool:
    """True when the news is that the advisor writes or has read: the citizen's own screen shows it."""
    return news is not None and news.kind in {"typing", "seen"} and news.id == Author.ADVISOR


def who_types(news: News | None) -> str | None:
    """"advisor" when the news is that the advisor writes."""
    return str(Author.ADVISOR) if news is not None and news.kind == "typing" and by_advisor(news) else None


def _new(locale: str | None, page_url: str | None, site_key: str | None) -> Conversation:
    return Conversation(
        id=new_id(), channel="web", mode=Mode.BOT, epoch=0, version=0, last_seq=0, misunderstood=0, greeted=True,
        citizen_seen_seq=0, advisor_seen_seq=0, locale=(locale or "")[:16] or None, site_key=(site_key or "")[:64] or None,
        page_url=(page_url or "")[:500] or None)


def _need(session: DbSession, conversation_id: str, *, lock: bool = False) -> Conversation:
    row = threads.by_id(session, conversation_id, lock=lock)
    if row is None:
        raise NotFound("Cette conversation n'existe pas.")
    return row


def _events(session: DbSession, conversation_id: str, after: int, limit: int) -> Events:
    conversation = _need(session, conversation_id)
    rows = threads.after(session, conversation_id, max(0, after), limit)
    # A full page ends at its last row; a page that is not full ends at the end, suppressed messages included.
    last = rows[-1].seq if len(rows) == limit else max(conversation.last_seq, after)
    return Events(str(conversation.mode), tuple(map(MessageView.of, rows)), last)


def _card_lines(message: Message) -> list[str]:
    if message.state != MessageState.VISIBLE:
        return []
    cards = (message.body or {}).get("cards") or []
    return [" — ".join(filter(None, (card.get("title"), card.get("subtitle"), card.get("url")))) for card in cards]

