"""« Démissionner et toucher le chômage » : the schemes, and a person takes over."""

from __future__ import annotations

from collections.abc import Sequence

from actions.fold import fold, has_word
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

_RESIGNING = ("demission", "demissionner", "demissionne", "quitter", "quitte", "chomage", "cdi", "plaquer")


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

    def usual_sheets(self, turn: Turn) -> Sequence[str]:
        """Resigning is spoken of only to those who spoke of it."""
        return self.usual if has_word(fold(turn.text), *_RESIGNING) or turn.is_button else ("dispositif/cep", *self.usual)
