"""What is said of a dated event today: past, going on, coming, or of unknown date."""

from __future__ import annotations

from typing import Any

from actions.fold import fold
from actions.turn import Turn
from knowledge_base.dates import french_period


def when(turn: Turn, sheet: Any) -> str:
    """The sentence on the date; for a past event it says so and where to look for the next one."""
    starts, ends = sheet.data.starts_on, sheet.data.ends_on or sheet.data.starts_on
    following = sheet.data.next or ""
    if starts is None:
        return following or turn.word("event_undated")
    period = french_period(starts, sheet.data.ends_on)
    if ends < turn.today:
        told = "passe" in fold(sheet.summary).split()
        past = "" if told else turn.word("event_past", period=period)
        return f"{past} {following or turn.word('event_past_undated_next')}".strip()
    if starts <= turn.today:
        return turn.word("event_now", period=period)
    return turn.word("event_coming", period=period)


def is_past(turn: Turn, sheet: Any) -> bool:
    """Whether the event is over."""
    last = sheet.data.ends_on or sheet.data.starts_on
    return last is not None and last < turn.today
