"""« Mon bac algérien vaut ? » : who says what a foreign diploma is worth; a person for a foreign minor."""

from __future__ import annotations

from actions.fold import fold, has_word
from actions.reply import Reply
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
    default = "diplôme étranger attestation de comparabilité"
    missing = "foreign_diploma_unknown"
    structure = "cio"
    reason = "mineur_etranger"

    def answer(self, turn: Turn) -> Reply:
        """A foreign minor is always handed over."""
        reply = super().answer(turn)
        age = turn.get("age")
        if has_word(fold(turn.text), *_MINOR_WORDS) or (age and age < _ADULT):
            reply.handover = 2
            reply.command = {"name": "handover", "reason": self.reason, "topic": 26, "urgency": "normale"}
        return reply
