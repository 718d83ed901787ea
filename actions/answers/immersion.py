"""Mini-stage, open days, PMSMP, plateaux techniques: seeing a trade from the inside."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionImmersion(SheetAnswer):
    """The service or scheme that the words name."""

    intent = "immersion"
    topic = 18
    handover = 1
    same_everywhere = True
    kinds = ("service", "dispositif", "evenement", "terme")
    usual = ("service/immersion-stages-plateaux-techniques",)
    default = "immersion découvrir un métier PMSMP"
    missing = "immersion_unknown"

    steps = ("stage_chercher", "agence_evenements")
