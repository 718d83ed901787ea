"""Events: the regional one, the Olympiades des métiers, the week of industry. A past date is said to be past."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, card_of, listed, shorten, show
from actions.events import when
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

LISTED = 4


class ActionAgenceEvenements(SheetAnswer):
    """The event that the words name, else those that the agency holds."""

    intent = "agence_evenements"
    topic = 27
    kinds = ("evenement", "service")
    missing = "event_unknown"
    steps = ("agence_parents", "immersion")

    def unknown(self, turn: Turn) -> Reply:
        """No event is named: the list, each with its date and whether it is past."""
        hits = turn.kb.search(turn.word("event_query"), kind="evenement", limit=LISTED).results
        sheets = [sheet for sheet in (turn.kb.sheet("evenement", hit.id) for hit in hits) if sheet is not None]
        if not sheets:
            return super().unknown(turn)
        lines = [f"{sheet.title}. {when(turn, sheet)}" for sheet in sheets]
        text = f"{turn.say('event_list').text}\n{listed(lines)}"
        cards: list[dict[str, Any]] = [card_of(hit) for hit in hits]
        return Reply(text, sms=shorten(" ".join(lines), SMS_LENGTH), cards=show(turn, cards))
