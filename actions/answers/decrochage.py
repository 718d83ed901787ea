"""« Mon fils va plus en cours » : who helps, where the person lives, and a person takes over."""

from __future__ import annotations

from collections.abc import Sequence

from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

OBLIGED = range(16, 18)


class ActionDecrochage(SheetAnswer):
    """The scheme and the mission locale of the place."""

    intent = "decrochage"
    topic = 20
    handover = 2
    untold = ("Pour qui",)
    kinds = ("dispositif",)
    usual_first = True
    usual = ("dispositif/decrochage-que-faire",)
    default = "décrochage scolaire"
    lead = "dropout_lead"
    missing = "dropout_unknown"
    structure = "mission_locale"
    steps = ("dispositif_jeunes", "apprentissage_chercher")
    reason = "decrochage"

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """The sheet for parents speaks of « the young person »: somebody who speaks of himself gets another."""
        if turn.get("public") == "parent":
            return self.usual
        own = "obligation-formation-16-18" if turn.get("age") in OBLIGED else "psad"
        return (f"dispositif/{own}", *self.usual)
