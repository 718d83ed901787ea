"""« Un café des parents à Évreux ? » : the services for parents, the place kept, no invented date."""

from __future__ import annotations

from typing import Any

from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn
from actions.understanding.places import place_name


class ActionAgenceParents(SheetAnswer):
    """The café des parents, the parents témoins."""

    intent = "agence_parents"
    topic = 27
    handover = 1
    kinds = ("service", "evenement")
    usual = ("service/cafe-des-parents",)
    default = "café des parents"
    missing = "parents_unknown"
    steps = ("agence_evenements", "structure_trouver")

    def about(self, turn: Turn, sheet: Any) -> Reply:
        """The service, then what is known for the place: no date is made up."""
        turn.set("public", turn.get("public") or "parent")
        reply = super().about(turn, sheet)
        place = place_name(turn)
        key = "parents_date_unknown_there" if place else "parents_date_unknown"
        note = turn.say(key, place=place or "").text
        reply.text = f"{reply.text}\n\n{note}"
        reply.sms = reply.spoken = f"{reply.sms} {note}"
        return reply
