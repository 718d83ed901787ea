"""Digital tools, coordinators, charter, ambassadors: the agency's services."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionAgenceServices(SheetAnswer):
    """The service that the words name."""

    intent = "agence_services"
    topic = 27
    handover = 0
    kinds = ("service", "structure", "dispositif")
    default = "services de l’agence"
    missing = "service_unknown"

    steps = ("agence_parents", "agence_evenements", "structure_trouver")
