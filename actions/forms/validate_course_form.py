"""Reads the answers to the narrowing questions; anything else is left to its own answer, which leaves the form."""

from __future__ import annotations

import asyncio
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_action import Answers
from actions.course_search import ANYTHING
from actions.fold import fold, has_word
from actions.runtime import Runtime
from actions.turn import Turn
from actions.turn_reader import turn_of
from actions.understanding.expectation import chosen_label
from actions.understanding.places import read_place
from actions.understanding.profile import bare_answer, read_profile

ANSWER_WORDS = 8
ANYWHERE = {"name": "Normandie", "code": None, "kind": None}
_NO_MATTER = (
    "peu importe",
    "m en fiche",
    "n importe",
    "egal",
    "les deux",
    "comme vous voulez",
    "partout",
    "indifferent",
)
NO_MATTER_VALUES: dict[str, Any] = {"level": ANYTHING, "rhythm": ANYTHING, "place": ANYWHERE}


class ValidateCourseForm(Action):  # type: ignore[misc]  # rasa_sdk carries no types
    """Rasa calls it after each message while the form is open."""

    def __init__(self, runtime: Runtime, answers: Answers) -> None:
        """`answers` is not used: a form only fills slots."""
        self.runtime = runtime

    def name(self) -> str:
        """As Rasa expects for `course_form`."""
        return "validate_course_form"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        """The slots that the message fills; none when it is about something else."""
        requested = tracker.get_slot("requested_slot")
        turn = turn_of(tracker, self.runtime, "course_form")
        if not requested:
            return []
        if turn.is_button:
            value = tracker.get_slot(requested)
            return [SlotSet(requested, value)] if value is not None else []
        return await asyncio.to_thread(_filled, turn, str(requested))


def _filled(turn: Turn, requested: str) -> list[EventType]:
    pressed = chosen_label(turn)
    if pressed:
        return [SlotSet(name, value) for name, value in pressed.get("slots", {}).items() if name == requested]
    if len(turn.words) > ANSWER_WORDS:
        return []
    read_profile(turn)
    read_place(turn)
    bare = bare_answer(turn, requested) if requested not in turn.changes else None
    if bare:
        turn.set(requested, bare)
    if requested not in turn.changes and has_word(fold(turn.text), *_NO_MATTER):
        turn.set(requested, NO_MATTER_VALUES[requested])
    if requested not in turn.changes:
        return []
    return [SlotSet(name, value) for name, value in turn.changes.items() if name in NO_MATTER_VALUES]
