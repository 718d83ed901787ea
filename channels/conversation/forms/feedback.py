"""The satisfaction question: a mark from 1 to 5, then a word if the person wants."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from channels.conversation.forms.base import FormContext, Said, Step, state_of
from channels.conversation.wording import Wording
from channels.messages import QuickReply, Reply
from channels.store import ratings
from channels.store.models import Feedback

_MARK = re.compile(r"\b([1-5])\b")
_LONGEST_COMMENT = 1000


@dataclass(frozen=True)
class FeedbackForm:
    """Stores one Feedback row; the mark counts even when the comment never comes."""

    wording: Wording
    name: str = "feedback"

    def start(self, context: FormContext) -> Step:
        """Asks for the mark."""
        return Step([self._ask_score()], state_of(self.name, "score", context.data))

    def read(self, context: FormContext, step: str, said: Said) -> Step:
        """Reads the mark, then the comment."""
        return self._score(context, said) if step == "score" else self._comment(context, said)

    def ask_again(self, context: FormContext, step: str) -> Sequence[Reply]:
        """The question of `step` once more."""
        return [self._ask_score()] if step == "score" else [self._ask_comment()]

    def _score(self, context: FormContext, said: Said) -> Step:
        match = _MARK.search(str(said.value) if said.value else said.text)
        if match is None:
            hint = self.wording.reply("forms.feedback_hint", self._marks())
            return Step([hint], state_of(self.name, "score", context.data), said.asks_something_else)
        row = ratings.rate(context.session, context.conversation.id, int(match[1]))
        return Step([self._ask_comment()], state_of(self.name, "comment", {"feedback": row.id}))

    def _comment(self, context: FormContext, said: Said) -> Step:
        if "?" in said.text:  # a new question, not a word about the answers
            return Step(aside=True)
        row = context.session.get(Feedback, context.data.get("feedback"))
        if row is not None and not said.no:
            row.comment = said.text.strip()[:_LONGEST_COMMENT] or None
        return Step([self.wording.reply("forms.feedback_done")])

    def _ask_score(self) -> Reply:
        return self.wording.reply("forms.feedback_score", self._marks())

    def _ask_comment(self) -> Reply:
        skip = QuickReply(self.wording.sentences.text("buttons.form_skip"), {"command": "form", "value": "skip"})
        return self.wording.reply("forms.feedback_comment", [skip])

    @staticmethod
    def _marks() -> list[QuickReply]:
        return [QuickReply(str(mark), {"command": "form", "value": str(mark)}) for mark in range(1, 6)]
