"""« Mon CPF suffit ? » : CPF, CEP, bilan, PTP, as their sheets say."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn
from actions.understanding.subjects import ANOTHER


class ActionDroitsFormation(SheetAnswer):
    """Informs on the scheme; never rules on a right."""

    intent = "droits_formation"
    topic = 22
    handover = 1
    kinds = ("dispositif", "aide", "terme", "service")
    usual = ("dispositif/cep",)
    default = "conseil en évolution professionnelle"
    missing = "rights_unknown"
    at_least = ANOTHER

    steps = ("vae", "demission_reconversion", "cpf_fraude")

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """« mon compte » is the CPF."""
        return ("dispositif/cpf",) if has_word(fold(turn.text), "compte", "cpf", "heures", "dif") else self.usual
