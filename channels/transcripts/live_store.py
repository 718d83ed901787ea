"""Keeps the live transcript of a call with its conversation (encrypted), and turns it into messages when the call is over."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from channels.conversation.fanout import News, case_topic, conversation_topic
from channels.privacy.crypto import new_id
from channels.store import cases, threads
from channels.store.database import Database, announce
from channels.store.models import Author, Conversation, Message, MessageState
from channels.transcripts.live import Utterance, merge
from channels.transcripts.masking import mask_line
from channels.transcripts.model import ADVISOR
from clock import now

_MOST = 2000  # utterances of one call


class LiveTranscripts:
    """`mask` says what is taken out before anything is stored (settings.transcript_mask)."""

    def __init__(self, db: Database, mask: str) -> None:
        self._db, self._mask = db, mask

    async def lines(self, conversation_id: str) -> list[Utterance]:
        """What was said so far, in order, the partial last words of each track included."""
        def work(session: Session) -> list[Utterance]:
            row = threads.by_id(session, conversation_id)
            return _known(row) if row else []

        return await self._db.read(work)

    async def add(self, conversation_id: str, said: Utterance) -> None:
        """One event, in whatever order."""
        masked = Utterance(said.track, mask_line(said.text, self._mask), said.final, said.sequence, said.at, said.confidence)

        def work(session: Session) -> None:
            row = threads.by_id(session, conversation_id, lock=True)
            if row is None or _is_message(session, row, masked):
                return
            found = merge(_known(row), masked)[-_MOST:]
            row.channel_state = {**(row.channel_state or {}), "live": [item.wire() for item in found]}
            _tell(session, row)

        await self._db.write(work)

    async def close(self, conversation_id: str) -> int:
        """The call is over: what was said becomes messages of the conversation, in order; partial words are dropped."""
        def work(session: Session) -> int:
            row = threads.by_id(session, conversation_id, lock=True)
            if row is None:
                return 0
            said = [item for item in _known(row) if item.final and not _is_message(session, row, item)]
            for item in said:
                _append(session, row, item)
            row.channel_state = {key: value for key, value in (row.channel_state or {}).items() if key != "live"} or None
            _tell(session, row)
            return len(said)

        return await self._db.write(work)


def _known(row: Conversation) -> list[Utterance]:
    return [Utterance(**item) for item in (row.channel_state or {}).get("live") or []]


def _provider_id(row: Conversation, item: Utterance) -> str:
    return f"live:{row.id}:{item.key}"[:80]


def _is_message(session: Session, row: Conversation, item: Utterance) -> bool:
    return threads.message_by_provider_id(session, "phone", _provider_id(row, item)) is not None


def _append(session: Session, row: Conversation, item: Utterance) -> None:
    row.last_seq += 1
    advisor = item.speaker == ADVISOR
    session.add(Message(
        id=new_id(), conversation_id=row.id, seq=row.last_seq, channel="phone", provider_id=_provider_id(row, item),
        author=Author.ADVISOR if advisor else Author.CITIZEN, text=item.text, confidence=item.confidence, epoch=row.epoch,
        state=MessageState.VISIBLE if advisor else MessageState.RELAYED, created_at=now()))
    session.flush()


def _tell(session: Session, row: Conversation) -> None:
    case = cases.open_of(session, row.id)
    topics: Sequence[str] = [conversation_topic(row.id), *([case_topic(case.id)] if case else [])]
    announce(session, *(News(topic, "transcript", row.id) for topic in topics))
