"""« Vœux jusqu'à quand ? » : Parcoursup and Affelnet, with dated calendars only."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.fold import fold, has_word
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

_COLLEGE = ("6e", "5e", "4e", "3e")
_LYCEE_WORDS = ("affelnet", "affectee", "affecte", "affectation", "derogation", "hors secteur", "secteur")
_DATE_WORDS = ("quand", "date", "dates", "jusqu a quand", "jusqu", "jusqua", "calendrier", "ouvre", "ferme", "delai", "resultats")


class ActionProcedureInfo(SheetAnswer):
    """The calendar when a date is asked, the procedure otherwise; a past date is said to be past."""

    intent = "procedure_info"
    topic = 13
    kinds = ("dispositif", "evenement", "terme")
    missing = "procedure_unknown"
    steps = ("procedure_bloquee", "formation_chercher")

    def find(self, turn: Turn) -> Any:
        """A question on dates is answered by the calendar before the procedure."""
        if asks_a_date(turn) and "sheet" not in turn.given:
            dated = turn.kb.sheet("evenement", "affelnet-calendrier" if is_affelnet(turn) else "parcoursup-calendrier")
            return dated or super().find(turn)
        return super().find(turn)

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """Affelnet for a pupil of collège, Parcoursup otherwise."""
        return ("dispositif/affelnet",) if is_affelnet(turn) else ("dispositif/parcoursup",)

    def default_query(self, turn: Turn) -> str:
        """The same, by name."""
        return "Affelnet" if is_affelnet(turn) else "Parcoursup"


def is_affelnet(turn: Turn) -> bool:
    """Whether the question is about the choices after the 3e."""
    folded = fold(turn.text)
    return has_word(folded, *_LYCEE_WORDS) or (turn.get("level") in _COLLEGE and not has_word(folded, "parcoursup"))


def asks_a_date(turn: Turn) -> bool:
    """Whether the words ask when."""
    return has_word(fold(turn.text), *_DATE_WORDS)
