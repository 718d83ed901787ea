"""« Ils veulent mon mot de passe » : the warning comes first."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


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
