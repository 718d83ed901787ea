"""« ULIS puis ? » : schemes for a path with a handicap, and who advises."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionHandicapParcours(SheetAnswer):
    """The scheme that the words name; a person is offered."""

    intent = "handicap_parcours"
    topic = 26
    handover = 1
    kinds = ("dispositif", "aide", "structure", "terme", "service")
    usual = ("dispositif/handicap-parcours",)
    default = "handicap orientation formation"
    missing = "handicap_unknown"
    structure = "mdph"
    steps = ("structure_trouver", "aides")
