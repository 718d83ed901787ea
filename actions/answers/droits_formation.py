"""« Mon CPF suffit ? » : CPF, CEP, bilan, PTP, as their sheets say."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionDroitsFormation(SheetAnswer):
    """Informs on the scheme; never rules on a right."""

    intent = "droits_formation"
    topic = 22
    handover = 1
    kinds = ("dispositif", "aide", "terme", "service")
    usual = ("dispositif/cep",)
    default = "conseil en évolution professionnelle"
    missing = "rights_unknown"

    steps = ("vae", "demission_reconversion", "cpf_fraude")
