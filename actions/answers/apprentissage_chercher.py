"""« Je cherche un patron » : how to find an apprenticeship contract."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionApprentissageChercher(SheetAnswer):
    """The scheme, and who helps near the person."""

    intent = "apprentissage_chercher"
    topic = 16
    handover = 1
    untold = ("Pour qui",)
    kinds = ("dispositif", "service")
    usual_first = True
    usual = ("dispositif/trouver-un-employeur-apprentissage",)
    default = "trouver un contrat d’apprentissage"
    missing = "apprenticeship_unknown"
    structure = "mission_locale"
    steps = ("apprentissage_salaire", "formation_chercher")
