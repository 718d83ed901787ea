"""« BTS ou BUT ? », « menuisier ou charpentier » : both sheets side by side."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from, unique, view
from actions.knowledge import ref_of
from actions.reply import Reply
from actions.side_by_side import side_by_side
from actions.turn import Turn
from actions.understanding.comparison import two_sides
from actions.understanding.questions import cue_in

KINDS = ("metier", "formation", "terme", "dispositif")


class ActionComparer(AnswerAction):
    """States both, prefers none."""

    intent = "comparer"
    topic = 10
    handover = 1

    def answer(self, turn: Turn) -> Reply:
        """Both sheets when both are found; else what is missing is asked."""
        found = unique(two_sides(turn, KINDS))
        if len(found) == 2:
            turn.focus(ref_of(found[0]))
            return side_by_side(turn, found, cue_in(turn, turn.text))
        if len(found) == 1 and found[0].kind == "dispositif":
            # The agency has a sheet that compares them.
            return self.hand_to("definition", turn)
        if len(found) == 1:
            known = found[0]
            return reply_from(turn.say("compare_one_missing", title=known.title), quick_replies=[view(known)])
        if turn.get("last_intent") == self.intent:
            # « lequel est le mieux ? »
            return reply_from(turn.say("compare_which_is_best"))
        return reply_from(turn.say("compare_ask"))
