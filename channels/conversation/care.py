"""Somebody in distress: the fixed text at once, the person and the alarm, and 24 hours in which short words are not misread.

Works with the engine down. What a message says beside its distress is still asked of the engine, after the numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from channels.case.handover import Handoff
from channels.conversation.commands import Outcome
from channels.conversation.distress_texts import TOPIC, DistressTexts
from channels.conversation.wants_person import Wishes
from channels.conversation.wording import Wording
from channels.messages import Json, QuickReply, Reply
from channels.safety import distress
from channels.safety.hearing import Ear, Heard, Level
from channels.store.models import Author, Conversation, Message, Mode
from clock import now

FILE = Path(distress.__file__).parent / "watch.yml"
COMMANDS = frozenset({"distress_numbers", "distress_mistake"})
_NOTE = "care"  # in the body of the citizen's message, which is sealed
_RETRACTED, _GOING_ON = "retracted", "going_on"
_SHORT, _SHORT_BEFORE, _TOGETHER = 5, 8, 2  # words of a message, of those before it; how many of them
_MINUTES = timedelta(minutes=10)


def note_of(message: Message) -> Json | None:
    """What was heard in a message of a citizen: level, kinds, words."""
    found = (message.body or {}).get(_NOTE)
    return dict(found) if isinstance(found, dict) else None


def still_asked(message: Message) -> str:
    """What the engine is asked: the message, or what it asks beside its distress."""
    note = note_of(message)
    return str(note["rest"]) if note and note.get("rest") else message.text


@dataclass(frozen=True)
class Care:
    """Everything that is said to somebody in distress. Runs inside the caller's transaction."""

    ear: Ear
    handoff: Handoff
    texts: DistressTexts
    wording: Wording
    watch: Wishes
    hours: int

    def answer(self, session: Session, conversation: Conversation, message: Message, heard: Heard | None) -> Outcome | None:
        """What is said to this message; None when it is answered as ever (a soft line may be noted for later)."""
        watched = self._watched(session, conversation, message)
        if watched is not None:
            followed = self._follow(session, conversation, message, heard, watched)
            if followed is not None:
                return followed
        heard = heard if heard and heard.full else self._together(session, conversation, message) or heard
        if heard is None or (not heard.full and self._was_offered(session, conversation, message, heard)):
            return None
        _note(message, heard.level, heard.kinds, heard.words, heard.rest if heard.full else "", heard.other)
        return self._full(session, conversation, message, heard) if heard.full else None

    def pressed(self, session: Session, conversation: Conversation, message: Message, command: str) -> Outcome:
        """The buttons under a text."""
        watched = self._watched(session, conversation, message) or {}
        kinds = watched.get("kinds") or ["suicide"]
        if command == "distress_mistake":
            return self._retracted(session, conversation, message, kinds)
        return Outcome([self.texts.numbers(kinds, self._buttons(conversation), other=_of_another(watched))], always=True)

    def soft_line(self, message: Message) -> Reply | None:
        """The line that goes beside the answer to this message."""
        note = note_of(message)
        return self.texts.soft(note["kinds"]) if note and note["level"] == Level.SOFT else None

    def _full(self, session: Session, conversation: Conversation, message: Message, heard: Heard) -> Outcome:
        message.topic = TOPIC
        conversation.form_state = None
        self.handoff.citizen_wrote(session, conversation)
        self.handoff.distress(session, conversation, heard.kinds, heard.source)
        reply = self.texts.full(heard.kinds, heard.tongue, self._buttons(conversation), other=heard.other)
        asks = bool(heard.rest) and conversation.mode != Mode.HUMAN
        return Outcome([reply], always=True, goes_on=asks)

    def _follow(
        self, session: Session, conversation: Conversation, message: Message, heard: Heard | None, watched: Json
    ) -> Outcome | None:
        kinds, wish = watched["kinds"], self.watch.read(message.text)
        if heard is not None and heard.full and not set(heard.kinds) <= set(kinds):
            return None  # something new: its own text
        if heard is not None and heard.full and wish not in {"mistake", "secret"}:
            return self._going_on(session, conversation, message, kinds, heard)
        if wish == "mistake":
            return self._retracted(session, conversation, message, kinds)
        if wish in {"numbers", "secret", "thanks"}:
            return Outcome([self._said(conversation, wish, watched)], always=True)
        if wish == _GOING_ON or (heard is not None and len(message.text.split()) <= 2 * _SHORT_BEFORE):
            return self._going_on(session, conversation, message, kinds, heard)
        return None

    def _said(self, conversation: Conversation, wish: str, watched: Json) -> Reply:
        buttons, kinds = self._buttons(conversation), watched["kinds"]
        if wish == "numbers":
            return self.texts.numbers(kinds, buttons, other=_of_another(watched))
        return self.texts.after("secret" if wish == "secret" else "thanked", kinds, buttons)

    def _going_on(
        self, session: Session, conversation: Conversation, message: Message, kinds: Sequence[str], heard: Heard | None
    ) -> Outcome:
        times = len(
            [row for row in self._noted(session, conversation, message) if (note_of(row) or {}).get("level") == _GOING_ON]
        )
        other = heard.other if heard else False
        _note(message, _GOING_ON, kinds, heard.words if heard else message.text, heard.rest if heard else "", other)
        message.topic = TOPIC
        self.handoff.citizen_wrote(session, conversation)
        self.handoff.distress(session, conversation, kinds, heard.source if heard else None)
        asks = bool(heard and heard.rest) and conversation.mode != Mode.HUMAN
        return Outcome([self.texts.going_on(kinds, times, self._buttons(conversation))], always=True, goes_on=asks)

    def _retracted(self, session: Session, conversation: Conversation, message: Message, kinds: Sequence[str]) -> Outcome:
        _note(message, _RETRACTED, kinds, message.text)
        message.topic = TOPIC
        self.handoff.retract(session, conversation)
        return Outcome([self.texts.after("retracted", kinds)], always=True)

    def _together(self, session: Session, conversation: Conversation, message: Message) -> Heard | None:
        """« Je veux », then « mourir »: short messages are read with those just before."""
        if len(message.text.split()) > _SHORT:
            return None
        before = [
            row
            for row in self._before(session, conversation, message, now() - _MINUTES)
            if len(row.text.split()) <= _SHORT_BEFORE and note_of(row) is None
        ][:_TOGETHER]
        for many in range(1, len(before) + 1):
            heard = self.ear.hear(" ".join([*(row.text for row in reversed(before[:many])), message.text]))
            if heard is not None and heard.full:
                return heard
        return None

    def _watched(self, session: Session, conversation: Conversation, message: Message) -> Json | None:
        """What was heard in the last hours, unless it was taken back."""
        for row in self._noted(session, conversation, message):
            note = note_of(row) or {}
            if note.get("level") in {Level.FULL, _GOING_ON, _RETRACTED}:
                return note if note["level"] != _RETRACTED else None
        return None

    def _was_offered(self, session: Session, conversation: Conversation, message: Message, heard: Heard) -> bool:
        """Whether the line with these numbers stands a few messages above: what the net alone suspects, again and again beside
        ordinary answers, would only alarm. What the words say is never passed over."""
        if heard.by_words:
            return False
        before = self._before(session, conversation, message, now() - timedelta(hours=self.hours))
        notes = (note for row in before if (note := note_of(row)) and note["level"] == Level.SOFT)
        return {kind for note in notes for kind in note["kinds"]} >= set(heard.kinds)

    def _noted(self, session: Session, conversation: Conversation, message: Message) -> list[Message]:
        since = now() - timedelta(hours=self.hours)
        return [row for row in self._before(session, conversation, message, since, TOPIC) if note_of(row)]

    @staticmethod
    def _before(
        session: Session, conversation: Conversation, message: Message, since: object, topic: int | None = None
    ) -> Sequence[Message]:
        query = select(Message).where(
            Message.conversation_id == conversation.id,
            Message.author == Author.CITIZEN,
            Message.seq < message.seq,
            Message.created_at > since,
        )
        if topic is not None:
            query = query.where(Message.topic == topic)
        return session.scalars(query.order_by(Message.seq.desc()).limit(8)).all()

    def _buttons(self, conversation: Conversation) -> list[QuickReply]:
        # By SMS and aloud the text stands alone: a numbered choice beside emergency numbers would be read as one of them.
        if conversation.channel != "web":
            return []
        return [
            self.wording.button("distress_person", command="person"),
            self.wording.button("distress_numbers"),
            self.wording.button("distress_mistake"),
        ]


def _of_another(watched: Json) -> bool:
    return bool(watched.get("other"))


def _note(message: Message, level: str, kinds: Sequence[str], words: str, rest: str = "", other: bool = False) -> None:
    noted = {"level": str(level), "kinds": list(kinds), "words": words, "rest": rest, "other": other}
    message.body = {**(message.body or {}), _NOTE: noted}
