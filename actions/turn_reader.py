"""A Rasa tracker read into a Turn: the only place that knows how Rasa stores a message."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker

from actions.knowledge import Ref
from actions.runtime import Runtime
from actions.turn import Turn

FALLBACK = "nlu_fallback"


def turn_of(tracker: Tracker, runtime: Runtime, intent: str) -> Turn:
    """The turn of the latest message. A structured turn (a button) has no text; what it chose is `given`."""
    message = tracker.latest_message or {}
    turn = Turn(
        runtime=runtime,
        intent=intent,
        text=_text(message),
        ranking=_ranking(message),
        slots=dict(tracker.slots),
        active_form=tracker.active_loop_name,
    )
    chosen = tracker.slots.get("chosen")
    if chosen:
        choose(turn, chosen)
        turn.set("chosen", None)
    return turn


def choose(turn: Turn, ref: Ref) -> None:
    """Puts the sheet that a button chose in focus: it wins over the words of this turn."""
    turn.focus(ref)
    turn.given = turn.given | {ref["kind"], "sheet"}


def _text(message: dict[str, Any]) -> str:
    text = (message.get("text") or "").strip()
    # The gateway writes a structured turn as « /intent »; a citizen's leading slash never reaches us.
    return "" if text.startswith("/") else text


def _ranking(message: dict[str, Any]) -> list[tuple[str, float]]:
    ranked = message.get("intent_ranking") or []
    return [(item["name"], float(item["confidence"])) for item in ranked if item.get("name") != FALLBACK]
