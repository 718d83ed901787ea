"""The frame of every answer: reads the turn, finds what is really asked, answers, writes the memory down."""

from __future__ import annotations

import asyncio
from abc import abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.conversation import converse
from actions.reply import OFFER_PERSON, Reply
from actions.runtime import Runtime
from actions.turn import Turn
from actions.turn_reader import turn_of

Answers = dict[str, "AnswerAction"]


CORRECTION = "corriger"


class AnswerAction(Action):  # type: ignore[misc]  # rasa_sdk carries no types
    """One intent, one answer. Subclasses are thin: class attributes and `answer`."""

    intent: ClassVar[str]
    # Number of product.md's question table, and its handover column (0 none, 1 offered, 2 always, 3 urgent).
    topic: ClassVar[int | None] = None
    handover: ClassVar[int] = 0
    # Whether this answer becomes the one that « et à Caen ? » asks again.
    is_question: ClassVar[bool] = True
    # Whether `answer` reads the words itself: no double question, no awaited answer, no button label.
    takes_words_as_they_are: ClassVar[bool] = False

    def __init__(self, runtime: Runtime, answers: Answers) -> None:
        """`answers` holds every answer by intent, so that one can hand the turn to another."""
        self.runtime = runtime
        self.answers = answers

    def name(self) -> str:
        """The action's name in domain.yml."""
        return f"action_{self.intent}"

    @abstractmethod
    def answer(self, turn: Turn) -> Reply:
        """What the assistant says."""

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        """Called by the host; the work is blocking (database, index), so it leaves the event loop free."""
        turn = turn_of(tracker, self.runtime, self.intent)
        replies = await asyncio.to_thread(self.respond, turn)
        for reply in replies:
            dispatcher.utter_message(json_message=reply.wire())
        return events_of(turn)

    def respond(self, turn: Turn) -> list[Reply]:
        """All the replies to a turn, in order; the turn's changes hold what is to be remembered."""
        return converse(self, turn)

    def answered(self, turn: Turn) -> Reply:
        """The answer with its topic, its handover level, and the traces it leaves in memory."""
        return self.finished(turn, self.answer(turn))

    def _note(self, turn: Turn, reply: Reply) -> None:
        # The innermost answer notes itself: what was answered counts, not the intent that led there.
        turn.set("_noted", True)
        turn.set("last_intent", self.intent)
        turn.set("last_topic", reply.topic)
        if turn.intent == CORRECTION:  # « non, pas boulanger » : what was refused was not asked
            turn.set("asked", (turn.get("asked") or [])[:-1])
        turn.remember("asked", self.asked(turn))

    def finished(self, turn: Turn, reply: Reply) -> Reply:
        """A reply with its topic, its handover level, and the traces it leaves in memory."""
        if reply.topic is None:
            reply.topic = self.topic
        if reply.handover is None:
            reply.handover = self.handover
        if reply.handover == 1 and reply.command is None:
            reply.command = OFFER_PERSON
        if self.is_question and not turn.changes.get("_noted"):
            self._note(turn, reply)
        return reply

    def asked(self, turn: Turn) -> str:
        """What was asked, in our own words, for the advisor's summary."""
        return asked_in_our_words(turn, self.intent)

    def hand_to(self, intent: str, turn: Turn, *, text: str | None = None) -> Reply:
        """Another answer to the same turn (« et à Caen ? » → the last question again)."""
        return self.answers[intent].answered(turn.about(intent, text=text))


def asked_in_our_words(turn: Turn, intent: str) -> str:
    """« Salaire : coiffeur / coiffeuse », « Mission locale, CIO : Vernon »: labels and titles, never the words."""
    label = turn.word(f"label_{intent}")
    return label


def events_of(turn: Turn) -> list[EventType]:
    """The slots that changed; any other question than the form's own leaves the form."""
    followup = turn.changes.pop("_followup", None)
    events: list[EventType] = [SlotSet(name, value) for name, value in turn.changes.items() if not name.startswith("_")]
    if turn.active_form:
        events += [ActiveLoop(None), SlotSet("requested_slot", None)]
    if followup:
        events.append(FollowupAction(followup))
    return events
