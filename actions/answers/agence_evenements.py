"""Events: the regional one, the Olympiades des métiers, the week of industry. A past date is said to be past."""

from __future__ import annotations

from datetime import date
from typing import Any

from actions.compose import SMS_LENGTH, listed, shorten, show
from actions.events import is_past, when
from actions.fold import fold, has_word
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn
from actions.understanding.subjects import SURE, named

LOOKED_AT = 20
LISTED = 3


class ActionAgenceEvenements(SheetAnswer):
    """The event that the words name, else those that the agency holds, the coming ones first."""

    intent = "agence_evenements"
    topic = 27
    kinds = ("evenement", "service")
    missing = "event_unknown"
    steps = ("agence_parents", "immersion")

    def find(self, turn: Turn) -> Any:
        """« Salon de l'orientation Rouen »: among those alike, the latest of that town; else the one that the words name."""
        place = turn.changes.get("place")
        if place and "sheet" not in turn.given:
            sheets = [turn.kb.sheet("evenement", hit.id) for hit in named(turn, ("evenement",), at_least=SURE)]
            there = [sheet for sheet in sheets if sheet is not None and has_word(fold(sheet.title), fold(place["name"]))]
            if there:
                return max(there, key=lambda sheet: sheet.data.starts_on or date.min)
        return super().find(turn)

    def unknown(self, turn: Turn) -> Reply:
        """No event is named: the list, each with its date and whether it is past."""
        coming = [sheet for sheet in self._events(turn) if sheet.data.starts_on and not is_past(turn, sheet)]
        sheets = coming[:LISTED] or self._regional(turn)
        if not sheets:
            return super().unknown(turn)
        lines = [f"{sheet.title}. {when(turn, sheet)}" for sheet in sheets]
        lead = turn.say("event_list" if coming else "event_none_coming").text
        text = f"{lead}\n{listed(lines)}"
        return Reply(text, sms=shorten(" ".join([lead, *lines]), SMS_LENGTH), cards=show(turn, [s.to_card() for s in sheets]))

    def _events(self, turn: Turn) -> list[Any]:
        hits = turn.kb.search(turn.word("event_query"), kind="evenement", limit=LOOKED_AT).results
        sheets = [turn.kb.sheet("evenement", hit.id) for hit in hits]
        return [sheet for sheet in sheets if sheet is not None]

    def _regional(self, turn: Turn) -> list[Any]:
        sheets = [turn.kb.sheet(*reference.split("/")) for reference in REGIONAL]
        return [sheet for sheet in sheets if sheet is not None]


REGIONAL = ("evenement/evenement-regional-orientation-metiers",)
