"""« Que des refus, je fais quoi ? » : what remains possible, who helps, and a person takes over."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.answers.procedure_info import ActionProcedureInfo, is_affelnet
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionProcedureBloquee(ActionProcedureInfo):
    """The next steps of the procedure and the CIO of the place; handed over."""

    intent = "procedure_bloquee"
    topic = 14
    handover = 2
    untold = ("Pour qui",)
    kinds = ("dispositif", "evenement", "terme")
    lead = "blocked_lead"
    missing = "blocked_unknown"
    usual_first = True
    structure = "cio"
    steps = ("formation_chercher", "apprentissage_chercher")
    reason = "sans_place"

    def find(self, turn: Turn) -> Any:
        """What remains possible matters here, not the dates."""
        return SheetAnswer.find(self, turn)

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """By procedure."""
        return ("dispositif/affelnet-sans-place",) if is_affelnet(turn) else ("dispositif/parcoursup-sans-proposition",)
