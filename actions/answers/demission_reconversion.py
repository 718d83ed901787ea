"""« Démissionner et toucher le chômage » : the schemes, and a person takes over."""

from __future__ import annotations

from actions.sheet_answer import SheetAnswer


class ActionDemissionReconversion(SheetAnswer):
    """Informs; the right itself is for those who rule on it."""

    intent = "demission_reconversion"
    topic = 25
    handover = 2
    kinds = ("dispositif", "aide")
    usual = ("dispositif/demission-reconversion",)
    default = "démission reconversion"
    missing = "resign_unknown"

    steps = ("droits_formation", "vae")
    reason = "reconversion"
