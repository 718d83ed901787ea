"""What the agency and this free number are."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionAgencePresentation(SheetAnswer):
    """The sheet of the agency or of the number."""

    intent = "agence_presentation"
    topic = 27
    handover = 0
    kinds = ("service", "structure", "dispositif")
    usual = ("service/presentation-agence",)
    default = "Agence régionale de l’orientation et des métiers"
    missing = "agency_unknown"

    steps = ("agence_services", "structure_trouver", "agence_evenements")
