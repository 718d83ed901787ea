"""A transcript file becomes a case: who, what, where, what was asked, which sheets answer, what was promised, what to do next."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from channels.case import summary as case_summary
from channels.case import transitions
from channels.messages import Json
from channels.people.principal import Principal
from channels.privacy.audit import write_audit
from channels.privacy.crypto import new_id
from channels.sentences import Sentences
from channels.services import Services
from channels.store import cases, threads
from channels.store.models import Author, Case, CaseState, Conversation, Message, MessageState, Mode, Note
from channels.transcripts.analysis import Analysis, analyse, next_action, roles
from channels.transcripts.masking import mask_line, unnamed
from channels.transcripts.model import ADVISOR, Line
from channels.transcripts.numbers import number_given
from channels.transcripts.reading import read_transcript
from channels.transcripts.suggesting import suggest
from clock import now
from knowledge_base.facade import KnowledgeBase
from knowledge_base.geo.place import Place
from knowledge_base.hits import Hit

_MOST_LINES = 5000


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import made. `already`: the same file was imported before, nothing was done."""

    case_id: int
    summary: str
    lines: int
    already: bool = False

    def wire(self) -> Json:
        """The contract's answer of POST /api/advisor/transcripts."""
        return {"case_id": self.case_id, "summary": self.summary}


@dataclass(frozen=True, slots=True)
class _Call:
    digest: str
    lines: Sequence[Line]
    found: Analysis
    hits: Sequence[Hit]
    place: Place | None
    called_at: datetime
    phone: str | None


class TranscriptImports:
    """Imports by file and by API. `knowledge` None: no sheet is suggested and no place recognised."""

    def __init__(self, services: Services, knowledge: KnowledgeBase | None) -> None:
        self._services, self._knowledge = services, knowledge

    async def import_bytes(self, data: bytes, *, who: Principal | None = None, called_at: datetime | None = None) -> Imported:
        """Reads, masks, analyses and stores one file; `who` is the advisor, None for the command line.

        Raises:
            TranscriptError: the file is not a transcript.
            Forbidden: the role sees no case.
        """
        if who is not None:
            who.need(who.sees_cases)
        call = await asyncio.to_thread(self._read, data, called_at or now())
        return await self._services.db.write(lambda session: _store(session, call, self._services.sentences, who))

    def _read(self, data: bytes, called_at: datetime) -> _Call:
        heard = roles(read_transcript(data).lines[:_MOST_LINES])
        lines = self._masked(heard)
        found = analyse(lines, called_at)
        # Kept only where somebody promised to use it; sealed with the person's key, masked in the text.
        phone = number_given(heard) if found.promises else None
        spoken = [line.text for line in lines if line.speaker != ADVISOR]
        hits = suggest(self._knowledge, found.questions or spoken[:20]) if self._knowledge else []
        place = self._place(spoken)
        return _Call(hashlib.sha256(data).hexdigest()[:40], lines, found, hits, place, called_at, phone)

    def _masked(self, lines: Sequence[Line]) -> list[Line]:
        mask, voices = self._services.settings.transcript_mask, unnamed(lines)
        return [Line(mask_line(line.text, mask), voices[line.speaker], line.start, line.end, line.confidence) for line in lines]

    def _place(self, texts: Sequence[str]) -> Place | None:
        if self._knowledge is None:
            return None
        return next((place for text in texts if (place := self._knowledge.find_place(text)) is not None), None)


def _store(session: Session, call: _Call, sentences: Sentences, who: Principal | None) -> Imported:
    known = session.scalar(select(Message).where(Message.channel == "phone", Message.provider_id == f"import:{call.digest}:0"))
    earlier = cases.last_of(session, known.conversation_id) if known else None
    if known is not None and earlier is not None:
        return Imported(earlier.id, earlier.summary, _count(session, known.conversation_id), already=True)
    conversation = _conversation(session, call)
    case = _case(session, conversation, call, sentences)
    session.add(Note(case_id=case.id, account_id=who.account_id if who else "", text=_note(call)))
    transitions.move(session, conversation, case, CaseState.QUEUED, "transcript_imported", by=who.account_id if who else None)
    write_audit(session, who.account_id if who else None, "transcript_imported", "case", str(case.id))
    return Imported(case.id, case.summary, len(call.lines))


def _conversation(session: Session, call: _Call) -> Conversation:
    row = Conversation(id=new_id(), channel="phone", mode=Mode.BOT, epoch=0, version=0, last_seq=len(call.lines), misunderstood=0,
                       greeted=True, citizen_seen_seq=0, advisor_seen_seq=0, engine_state={"slots": _slots(call)})
    row.contact_id = threads.contact_of(session, call.phone).id if call.phone else None
    session.add(row)
    session.flush()
    for index, line in enumerate(call.lines):
        session.add(_message(row, index, line, call))
    session.flush()
    return row


def _message(row: Conversation, index: int, line: Line, call: _Call) -> Message:
    advisor = line.speaker == ADVISOR
    seconds = min(max(line.start or 0.0, 0.0), 86_400.0)
    body: Json | None = {"speaker": line.speaker, "start": line.start, "end": line.end} if line.start is not None else None
    return Message(
        id=new_id(), conversation_id=row.id, seq=index + 1, channel="phone", provider_id=f"import:{call.digest}:{index}",
        author=Author.ADVISOR if advisor else Author.CITIZEN, text=line.text, body=body, confidence=line.confidence, epoch=0,
        state=MessageState.VISIBLE if advisor else MessageState.RELAYED, created_at=call.called_at + timedelta(seconds=seconds))


def _case(session: Session, conversation: Conversation, call: _Call, sentences: Sentences) -> Case:
    case = Case(conversation_id=conversation.id, channel="phone", state=CaseState.QUEUED, reason="transcript",
                public=call.found.public, queued_at=now(), last_citizen_at=call.called_at)
    session.add(case)
    session.flush()
    case_summary.fill(case, conversation, [], sentences)
    promised = [{"text": item.text, "when": item.when()} for item in call.found.promises]
    case.summary_parts = {**(case.summary_parts or {}), "promised": promised, "sheets": [_sheet(hit) for hit in call.hits],
                          "next": next_action(call.found)}
    sheets = [sentences.text("summary.sheets", what=" ; ".join(hit.title for hit in call.hits))] if call.hits else []
    case.summary = " ".join([case.summary, *sheets, next_action(call.found)])
    return case


def _slots(call: _Call) -> dict[str, Any]:
    slots: dict[str, Any] = {"asked": [f"« {question} »" for question in call.found.questions], "public": call.found.public,
                             "channel": "phone"}
    if call.found.age is not None:
        slots["age"] = call.found.age
    return {**slots, "place": call.place.to_slot()} if call.place else slots


def _sheet(hit: Hit) -> dict[str, str]:
    return {"kind": hit.kind, "id": hit.id, "title": hit.title}


def _note(call: _Call) -> str:
    """What the summary does not say already: what else was promised, and what to do."""
    todo = next_action(call.found)
    others = [f"Promis aussi : {item.text}" + (f" ({item.when()})" if item.when() else "")
              for item in call.found.promises if item.text not in todo]
    return "\n".join(["Appel transcrit.", *others, f"À faire : {todo}"])


def _count(session: Session, conversation_id: str) -> int:
    return session.scalar(select(func.count()).select_from(Message).where(Message.conversation_id == conversation_id)) or 0
