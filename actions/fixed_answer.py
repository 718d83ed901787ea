"""The frame of the answers that are one sentence of `sentences/`, with buttons and perhaps a command."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.reply import Command, QuickReply, Reply, ask
from actions.turn import Turn

MENU = ("explorer", "aide_usage", "demander_conseiller")


class FixedAnswer(AnswerAction):
    """Says `sentence`; proposes the questions of `steps`."""

    sentence: ClassVar[str]
    steps: ClassVar[Sequence[str]] = ()
    command: ClassVar[Command | None] = None

    def answer(self, turn: Turn) -> Reply:
        """The sentence, in the variant of this turn."""
        said = turn.say(self.sentence)
        command = dict(self.command) if self.command else None
        return reply_from(said, quick_replies=menu(turn, self.steps), command=command)


def menu(turn: Turn, intents: Sequence[str] = MENU) -> list[QuickReply]:
    """Buttons by the name of the question."""
    return [ask(turn.word(f"label_{intent}"), intent) for intent in intents]
