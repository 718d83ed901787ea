"""The frame of the form's questions: one sentence, at most four buttons, one of which is « peu importe »."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.answer_action import Answers
from actions.compose import reply_from
from actions.reply import QuickReply, ask
from actions.runtime import Runtime
from actions.turn_reader import turn_of


class FormQuestion(Action):  # type: ignore[misc]  # rasa_sdk carries no types
    """Asks for one slot of `course_form`."""

    slot: ClassVar[str] = ""
    # Values proposed as buttons; their labels are `form_{slot}_{value}` in sentences/.
    values: ClassVar[Sequence[str]] = ()
    no_matter: ClassVar[Any] = "indifferent"

    def __init__(self, runtime: Runtime, answers: Answers) -> None:
        """`answers` is not used: the form itself goes on."""
        self.runtime = runtime

    def name(self) -> str:
        """As Rasa expects it."""
        return f"action_ask_course_form_{self.slot}"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Any) -> list[EventType]:
        """Says the question and remembers its buttons."""
        turn = turn_of(tracker, self.runtime, self.name())
        buttons = [self._button(turn.word(f"form_{self.slot}_{_key(value)}"), value) for value in self.values]
        buttons.append(self._button(turn.word(f"form_{self.slot}_any"), self.no_matter))
        reply = reply_from(turn.say(f"form_{self.slot}"), quick_replies=buttons, topic=9)
        dispatcher.utter_message(json_message=reply.wire())
        return [SlotSet("choices", [button.wire() for button in buttons])]

    def _button(self, label: str, value: Any) -> QuickReply:
        return ask(label, "preciser_profil", **{self.slot: value})


def _key(value: str) -> str:
    return value.replace("+", "")
