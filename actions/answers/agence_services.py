"""Digital tools, coordinators, charter, ambassadors: the agency's services."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

DIGITAL = (
    "app", "appli", "application", "applications", "site", "numerique", "numeriques", "chaine", "tv", "instagram", "tiktok",
    "reseaux", "youtube",
)  # fmt: skip


class ActionAgenceServices(SheetAnswer):
    """The service that the words name."""

    intent = "agence_services"
    topic = 27
    handover = 0
    kinds = ("service", "structure", "dispositif")
    default = "services de l’agence"
    missing = "service_unknown"

    steps = ("agence_parents", "agence_evenements", "structure_trouver")

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """The digital tools have many names (an app, a channel, a network)."""
        return ("service/outils-numeriques-orientation",) if has_word(fold(turn.text), *DIGITAL) else self.usual
