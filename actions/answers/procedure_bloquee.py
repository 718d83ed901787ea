"""« Que des refus, je fais quoi ? » : what remains possible, who helps, and a person takes over."""

from __future__ import annotations

from actions.answers.procedure_info import ActionProcedureInfo


class ActionProcedureBloquee(ActionProcedureInfo):
    """The next steps of the procedure and the CIO of the place; handed over."""

    intent = "procedure_bloquee"
    topic = 14
    handover = 2
    kinds = ("dispositif", "evenement", "terme")
    lead = "blocked_lead"
    missing = "blocked_unknown"
    structure = "cio"
    steps = ("formation_chercher", "apprentissage_chercher")
    reason = "sans_place"
