"""« Et à Caen ? » : the last question again, for that place."""

from __future__ import annotations

from actions.answers.question import ActionQuestion
from actions.compose import reply_from
from actions.fixed_answer import menu
from actions.reply import Reply
from actions.turn import Turn
from actions.understanding.places import place_name


class ActionPreciserLieu(ActionQuestion):
    """The place is kept; what was asked is answered again there; without a question, it is asked."""

    intent = "preciser_lieu"

    def replies(self, turn: Turn) -> list[Reply]:
        """The needs there, else the question of what is sought there."""
        if turn.found.needs or not turn.found.bare or place_name(turn) is None:
            return super().replies(turn)
        return [reply_from(turn.say("place_noted", place=place_name(turn)), quick_replies=menu(turn))]
