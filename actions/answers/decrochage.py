"""« Mon fils va plus en cours » : who helps, where the person lives, and a person takes over."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionDecrochage(SheetAnswer):
    """The scheme and the mission locale of the place."""

    intent = "decrochage"
    topic = 20
    handover = 2
    kinds = ("dispositif", "service")
    usual = ("dispositif/decrochage-que-faire",)
    default = "décrochage scolaire"
    lead = "dropout_lead"
    missing = "dropout_unknown"
    structure = "mission_locale"
    steps = ("dispositif_jeunes", "apprentissage_chercher")
    reason = "decrochage"
