"""« Vous êtes ouverts samedi ? » : our own hours, which the channels know."""

from __future__ import annotations

from actions.reply import Reply
from actions.turn import Turn
from actions.understanding.rereading import says

AWAITED = "day"
TOPIC = 21
BRIEF, AFTERWARDS = 9, 5
STRUCTURE, OUR_DESK = "structure/", "structure/accueil-"


def asks_our_hours(turn: Turn) -> bool:
    """Whether our hours are meant, and not those of a place that is named or was spoken of; also a day, just after them."""
    if turn.is_button or turn.found.places:
        return False
    if (turn.get("expecting") or {}).get("what") == AWAITED and len(turn.words) <= AFTERWARDS and says(turn, "day_words"):
        return True
    named = turn.found.needs[0].sheet if turn.found.needs and turn.found.named else ""
    elsewhere = named.startswith(STRUCTURE) and not named.startswith(OUR_DESK)
    return len(turn.words) <= BRIEF and not elsewhere and says(turn, "our_hours")


def our_hours(turn: Turn) -> Reply:
    """Nothing is said here but what the person asked: the channels answer with today's hours."""
    turn.set("expecting", {"what": AWAITED})
    turn.set("_noted", True)
    turn.set("last_topic", TOPIC)
    said = turn.say("helpline_hours")
    return Reply(said.text, topic=TOPIC, handover=0, command={"name": "opening_hours", "said": turn.text})
