"""« Mon bac algérien vaut ? » : who says what a foreign diploma is worth; a person for a foreign minor."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.reply import Reply, hand_over
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

_MINOR_WORDS = ("mineur", "mineure", "mna", "mineur isole", "mineurs")
_ADULT = 18


class ActionDiplomeEtranger(SheetAnswer):
    """Informs on the certificate of comparability; never says what a diploma is worth."""

    intent = "diplome_etranger"
    topic = 26
    handover = 1
    kinds = ("dispositif", "structure", "terme")
    usual = ("dispositif/diplome-etranger",)
    default = "diplôme étranger attestation de comparabilité"
    missing = "foreign_diploma_unknown"
    structure = "cio"
    reason = "mineur_etranger"

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """A minor has a path of their own."""
        return ("dispositif/mineur-etranger", *self.usual) if _is_minor(turn) else self.usual

    def answer(self, turn: Turn) -> Reply:
        """A foreign minor is always handed over."""
        reply = super().answer(turn)
        if _is_minor(turn):
            reply.handover = 2
            reply.command = hand_over(self.reason, 26)
        return reply


def _is_minor(turn: Turn) -> bool:
    age = turn.get("age")
    return has_word(fold(turn.text), *_MINOR_WORDS) or bool(age and age < _ADULT)
