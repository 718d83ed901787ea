"""« Vœux jusqu'à quand ? » : Parcoursup and Affelnet, with dated calendars only."""

from __future__ import annotations

from actions.fold import fold, has_word
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

_COLLEGE = ("6e", "5e", "4e", "3e")


class ActionProcedureInfo(SheetAnswer):
    """The calendar sheet; a past date is said to be past."""

    intent = "procedure_info"
    topic = 13
    kinds = ("evenement", "dispositif", "terme")
    missing = "procedure_unknown"
    steps = ("procedure_bloquee", "formation_chercher")

    def default_query(self, turn: Turn) -> str:
        """Affelnet for a pupil of collège, Parcoursup otherwise."""
        if has_word(fold(turn.text), "affelnet") or turn.get("level") in _COLLEGE:
            return "Affelnet"
        return "Parcoursup"
