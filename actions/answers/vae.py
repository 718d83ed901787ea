"""« C'est quoi la VAE ? », « 12 ans aide à dom sans diplôme » : the VAE and who advises."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionVae(SheetAnswer):
    """The scheme, the week of the VAE, the points relais conseil."""

    intent = "vae"
    topic = 22
    handover = 1
    kinds = ("dispositif", "evenement", "service", "structure")
    usual = ("dispositif/vae",)
    default = "VAE validation des acquis de l’expérience"
    missing = "vae_unknown"
    structure = "prc"
    steps = ("droits_formation", "agence_evenements")
