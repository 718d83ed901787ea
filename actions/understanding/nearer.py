"""« Plus près », « c'est trop loin »: the place of the last answer does not suit."""

from __future__ import annotations

import re

from actions.fold import fold
from actions.turn import Turn

WORDS = 7


def asks_nearer(turn: Turn) -> bool:
    """Whether a few words, after an answer that depends on the place, ask for another one without naming it."""
    if turn.is_button or len(turn.words) > WORDS or "place" in turn.changes:
        return False
    tables = turn.table("conversation")
    folded = fold(turn.text)
    follows = turn.get("last_intent") in (*tables["by_place"], *tables["learning"])
    return follows and any(re.search(rf"\b(?:{pattern})\b", folded) for pattern in tables["nearer"])
