"""The list once the narrowing questions are answered: Rasa calls it at the end of the form."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.reply import Reply
from actions.turn import Turn


class ActionCourseResults(AnswerAction):
    """Searches again with what was said."""

    intent = "course_results"
    is_question = False
    takes_words_as_they_are = True

    def answer(self, turn: Turn) -> Reply:
        """The search of `formation_chercher`, about what was already in mind."""
        turn.set("narrowed", True)
        reply = self.answers["formation_chercher"].answered(turn.about("formation_chercher", text=""))
        turn.changes.pop("narrowed")
        return reply
