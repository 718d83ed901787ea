"""« BTS ou BUT ? », « menuisier ou charpentier » : both sheets side by side."""

from __future__ import annotations

from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import reply_from, unique
from actions.knowledge import ref_of
from actions.reply import Reply
from actions.side_by_side import side_by_side
from actions.turn import Turn
from actions.understanding.comparison import two_sides

LOOKED_AT = 5
KINDS = ("metier", "formation", "terme", "dispositif", "structure")
TAUGHT = ("metier", "formation")


class ActionComparer(AnswerAction):
    """States both, prefers none."""

    intent = "comparer"
    topic = 10
    handover = 1

    def answer(self, turn: Turn) -> Reply:
        """Both sheets when both are found; else what is missing is asked."""
        found = unique(two_sides(turn, KINDS))
        if len(found) == 2:
            # « et auxiliaire, c'est quoi la différence ? »: what follows is about the one that was just brought up.
            new = [sheet for sheet in found if sheet.id != (turn.get(sheet.kind) or {}).get("id")]
            turn.focus(ref_of((new or found)[0]))
            return side_by_side(turn, found, turn.found.points)
        if turn.found.needs and not turn.found.follow_up:
            # One side only is known, or a sheet compares them: what is named is answered, nothing is asked back.
            return self.hand_to("question", turn)
        pair = _pair_in_mind(turn)
        if turn.get("last_intent") == self.intent and not pair:
            # « lequel est le mieux ? »
            return reply_from(turn.say("compare_which_is_best"))
        return side_by_side(turn, pair, turn.found.points) if pair else reply_from(turn.say("compare_ask"))


def _pair_in_mind(turn: Turn) -> list[Any]:
    """The two sheets that were compared, else the last two seen when they compare; nothing otherwise."""
    shown = turn.get("shown") or []
    if turn.get("last_intent") == ActionComparer.intent and len(shown) == 2:
        refs = shown
    else:
        found = [_titled(turn, title) for title in (turn.get("seen") or [])[-2:]]
        refs = [ref_of(hit) for hit in found if hit is not None]
    sheets = [turn.kb.sheet(ref["kind"], ref["id"]) for ref in refs]
    pair = [sheet for sheet in sheets if sheet is not None]
    return pair if len(pair) == 2 and _comparable(*pair) else []


def _comparable(one: Any, other: Any) -> bool:
    """Two trades, two courses, or two things that are neither (« l’EPIDE », « l’école de la deuxième chance »)."""
    return one.kind == other.kind or not {one.kind, other.kind} & set(TAUGHT)


def _titled(turn: Turn, title: str) -> Any:
    """The sheet that bears exactly this title, or None."""
    hits = turn.kb.search(title, kind=KINDS, limit=LOOKED_AT).results
    return next((hit for hit in hits if hit.title == title), None)
