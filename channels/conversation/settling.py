"""The second unit of work of a message: the engine's answer is checked against what happened meanwhile, then stored and sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy.orm import Session

from channels.conversation.care import Care, note_of, still_asked
from channels.conversation.commands import Commands, is_distress, with_buttons
from channels.conversation.engine import EngineAnswer, Turn
from channels.conversation.intake import payload_of
from channels.conversation.posting import Poster
from channels.conversation.wording import Wording, leads_to_a_person
from channels.messages import Command, Reply
from channels.privacy.masking import mask
from channels.safety.hearing import Level
from channels.store import threads
from channels.store.models import Author, Conversation, Message, MessageState, Mode

_OFFER_AFTER = 2  # misunderstandings in a row


@dataclass(frozen=True, slots=True)
class Question:
    """What the engine is asked, and what the conversation looked like at that moment."""

    turn: Turn
    message_ids: tuple[str, ...]
    epoch: int
    version: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What was said to the messages `covered`. `again`: the answer was for a state that is gone, ask once more;
    `more`: other messages wait."""

    mode: str
    replies: Sequence[Message] = ()
    covered: tuple[str, ...] = ()
    again: bool = False
    more: bool = False


@dataclass(frozen=True)
class Settling:
    """Prepares questions to the engine and settles its answers. Runs inside the caller's transaction."""

    commands: Commands
    poster: Poster
    wording: Wording
    care: Care

    def question(self, session: Session, conversation_id: str) -> Question | None:
        """The next thing to ask for this conversation; None when nothing waits for the engine."""
        conversation = threads.by_id(session, conversation_id)
        waiting = threads.pending(session, conversation_id) if conversation else []
        return self.about(conversation, waiting) if conversation is not None and waiting else None

    def about(self, conversation: Conversation, waiting: Sequence[Message]) -> Question:
        """The question that the first of these messages put (SMS in a row together)."""
        batch = _batch(conversation, waiting)
        payload = payload_of(batch[-1])
        text = mask("\n".join(map(still_asked, batch)))
        turn = Turn(conversation.id, conversation.channel, state=conversation.engine_state, **_asked(text, payload))
        return Question(turn, tuple(message.id for message in batch), conversation.epoch, conversation.version)

    def settle(self, session: Session, question: Question, answer: EngineAnswer | str) -> Settled:
        """Stores the answer (an EngineAnswer, or the reason why there is none); a late one is kept but not delivered."""
        conversation = threads.by_id(session, question.turn.conversation_id, lock=True)
        if conversation is None:
            return Settled(str(Mode.CLOSED))
        waiting = threads.pending(session, conversation.id)
        messages = [message for message in waiting if message.id in question.message_ids]
        more = len(waiting) > len(messages)
        if not messages:
            return Settled(str(conversation.mode), more=more)
        stale = conversation.version != question.version or waiting[0] is not messages[0]
        if stale and conversation.epoch == question.epoch and not isinstance(answer, str):
            return Settled(str(conversation.mode), again=True)
        if conversation.epoch != question.epoch:
            return replace(self._late(session, conversation, messages, question, answer), more=more)
        if isinstance(answer, str):
            fallback = self._failed(conversation, messages, answer)
            return replace(self._deliver(session, conversation, messages, fallback, self._beside(messages)), more=more)
        answer = replace(answer, replies=tuple(reply for reply in answer.replies if not is_distress(reply)))
        replies = self._said(session, conversation, messages, answer)
        return replace(self._deliver(session, conversation, messages, replies, self._beside(messages)), more=more)

    def _beside(self, messages: Sequence[Message]) -> list[Reply]:
        """The soft lines that go with the answer to these messages: one."""
        lines = [line for message in messages if (line := self.care.soft_line(message)) is not None]
        return lines[-1:]

    def _late(self, session: Session, conversation: Conversation, messages: Sequence[Message], question: Question,
              answer: EngineAnswer | str) -> Settled:
        if isinstance(answer, EngineAnswer):
            self.poster.suppress(session, conversation, answer.replies, epoch=question.epoch, in_reply_to=messages[-1].id)
        if conversation.mode not in {Mode.HUMAN, Mode.CLOSED}:
            return Settled(str(conversation.mode), again=True)
        for message in messages:
            message.state = MessageState.RELAYED
        return Settled(str(conversation.mode), covered=question.message_ids)

    def _said(self, session: Session, conversation: Conversation, messages: Sequence[Message],
              answer: EngineAnswer) -> list[Reply]:
        conversation.engine_state = answer.state
        conversation.misunderstood = 0 if answer.understood else conversation.misunderstood + 1
        for message in messages:
            message.intent, message.confidence = answer.intent, answer.confidence
            message.ranking, message.understood = list(answer.ranking) or None, answer.understood
            message.topic = next((reply.topic for reply in answer.replies if reply.topic), message.topic)
        replies = [_in_their_words(reply, messages) for reply in answer.replies if _is_worth_saying(reply, answer, messages)]
        if replies and conversation.misunderstood >= _OFFER_AFTER and not any(map(leads_to_a_person, replies)):
            replies[-1] = with_buttons(replies[-1], [self.wording.person()])
        # The form's question comes back after an aside, unless the answer itself started something else.
        before = conversation.form_state
        said = self.commands.after_answer(session, conversation, replies)
        if before is not None and conversation.form_state == before:
            said += self.commands.ask_again(session, conversation)
        return said

    def _failed(self, conversation: Conversation, messages: Sequence[Message], reason: str) -> list[Reply]:
        for message in messages:
            message.failure, message.understood = reason, False
        # After the first apology, which never comes back, two sentences that lead to a person take turns.
        times = 1 + (conversation.misunderstood - 1) % 2 if conversation.misunderstood else 0
        fallback = self.wording.reply("relay.engine_down", self.commands.handoff.offers(), times)
        conversation.misunderstood += 1
        # Who just got the numbers is told nothing less helpful after them.
        return [] if _was_told(messages) else [replace(fallback, understood=False)]

    def _deliver(self, session: Session, conversation: Conversation, messages: Sequence[Message],
                 replies: Sequence[Reply], beside: Sequence[Reply] = ()) -> Settled:
        conversation.version += 1
        for message in messages:
            message.state = MessageState.ANSWERED
        last = messages[-1].id
        rows = self.poster.post(session, conversation, [*replies, *beside], author=Author.BOT, in_reply_to=last)
        return Settled(str(conversation.mode), rows, tuple(message.id for message in messages))


def _was_told(messages: Sequence[Message]) -> bool:
    """True when something was said to all of these messages already, or is going to stand beside the answer."""
    return all(note_of(message) is not None for message in messages)


def _is_worth_saying(reply: Reply, answer: EngineAnswer, messages: Sequence[Message]) -> bool:
    """After the numbers nothing is said that answers nothing; after a full text, only what a sheet says.

    « Je suis là pour parler métiers, que puis-je chercher pour vous ? » is none.
    """
    if any((note_of(message) or {}).get("level") == Level.FULL for message in messages):
        return reply.understood and (bool(reply.cards) or reply.topic is not None)
    return answer.understood or not _was_told(messages)


def _in_their_words(reply: Reply, messages: Sequence[Message]) -> Reply:
    """A call-back is asked for in the words as written: the engine never saw the number that they may hold."""
    if reply.command is None or reply.command.name != "callback":
        return reply
    said = "\n".join(message.text for message in messages)
    return replace(reply, command=Command("callback", {**reply.command.data, "said": said}))


def _batch(conversation: Conversation, waiting: Sequence[Message]) -> Sequence[Message]:
    """SMS sent in a row are one turn; elsewhere, and around a button, messages are answered one by one."""
    if conversation.channel != "sms" or payload_of(waiting[0]):
        return waiting[:1]
    buttons = (index for index, message in enumerate(waiting) if payload_of(message))
    return waiting[: next(buttons, len(waiting))]


def _asked(text: str, payload: Any) -> dict[str, Any]:
    if payload is None:
        return {"text": text}
    return {"text": str(payload["text"])} if "text" in payload else {"payload": dict(payload)}
