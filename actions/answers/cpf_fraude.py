"""« Ils veulent mon mot de passe » : the warning comes first."""

from __future__ import annotations

from actions.compose import reply_from
from actions.fold import fold, has_word
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn


class ActionCpfFraude(SheetAnswer):
    """The sheet opens with the warning; without a sheet, the warning alone."""

    intent = "cpf_fraude"
    topic = 23
    handover = 0
    untold = ("Pour qui",)
    kinds = ("dispositif", "terme")
    usual = ("dispositif/cpf-fraude",)
    default = "arnaque CPF"
    missing = "cpf_fraud_unknown"

    steps = ("droits_formation",)

    def answer(self, turn: Turn) -> Reply:
        """« Je leur ai donné » : what to do at once comes before the sheet."""
        if not has_word(fold(turn.text), *turn.table("words")["fraud_done"]):
            return super().answer(turn)
        return reply_from(turn.say("cpf_fraud_done"), handover=1)
