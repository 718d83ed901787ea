"""« ça recrute vers Flers ? » without a trade: the jobs most asked for there, and which trade is meant."""

from __future__ import annotations

from typing import Any

from actions.place_reply import BRIEF
from actions.places_reply import hiring_lines
from actions.reply import Reply
from actions.turn import Turn
from actions.understanding.places import known_place
from actions.understanding.rereading import AWAITS_SUBJECT, says

TOPIC = 5


def hiring_there(turn: Turn, needs: list[Any]) -> Reply | None:
    """The answer; None when hiring is not asked, when a trade is meant or when no place is known."""
    if turn.is_button or turn.found.named or _of_a_trade(turn, needs) or not says(turn, "hiring"):
        return None
    place = known_place(turn)
    found = hiring_lines(turn.runtime.voice, turn.kb.recruiting(place)) if place is not None else None
    if found is None or not found.known:
        return None
    turn.set("expecting", {"what": AWAITS_SUBJECT, "point": "outlets"})
    which = turn.word("recruiting_which_trade")
    sms, spoken = (f"{form} {which}" for form in (found.sms, found.spoken))
    return Reply(f"{found.text}\n\n{which}", sms=sms, spoken=spoken, topic=TOPIC, handover=0)


def _of_a_trade(turn: Turn, needs: list[Any]) -> bool:
    """Whether a trade is meant: that of the thread, or one that a longer message tells of (« soudeur… on embauche ? »)."""
    return bool(needs) and needs[0].sheet.startswith("metier/") and (turn.found.follow_up or len(turn.words) > BRIEF)
