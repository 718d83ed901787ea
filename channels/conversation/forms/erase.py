"""Erasure asked for in the conversation itself: a confirmation, then everything of this person on this channel is gone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.wording import Wording
from channels.messages import QuickReply, Reply


@dataclass(frozen=True)
class EraseForm:
    """Asks once more before erasing; the relay does the erasing when the step says `erased`."""

    wording: Wording
    name: str = "erase"

    def start(self, context: FormContext) -> Step:
        """Asks for the confirmation."""
        return Step([self._ask()], state_of(self.name, "confirm", {}))

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """Reads « oui » or « non »."""
        if said.yes:
            return Step([self.wording.reply("forms.erase_done")], erased=True)
        if said.no:
            return Step([self.wording.reply("forms.erase_kept")])
        hint = self.wording.reply("forms.erase_hint", self._buttons())
        return Step([hint], state_of(self.name, "confirm", {}), said.asks_something_else)

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question once more."""
        return [self._ask()]

    def _ask(self) -> Reply:
        return self.wording.reply("forms.erase_confirm", self._buttons())

    def _buttons(self) -> list[QuickReply]:
        say = self.wording.sentences
        return [QuickReply(say.text("buttons.form_yes"), {"command": "form", "value": "yes"}),
                QuickReply(say.text("buttons.form_no"), {"command": "form", "value": "no"})]
