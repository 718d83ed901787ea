"""« Différence E2C EPIDE ? » : écoles de production, E2C, EPIDE, service civique, one or two side by side."""

from __future__ import annotations

from typing import Any

from actions.compose import unique
from actions.knowledge import ref_of
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.side_by_side import side_by_side
from actions.turn import Turn
from actions.understanding.comparison import two_sides


class ActionDispositifJeunes(SheetAnswer):
    """One scheme, or the two that the sentence opposes."""

    intent = "dispositif_jeunes"
    topic = 19
    kinds = ("dispositif", "terme")
    usual = ("dispositif/difference-e2c-epide",)
    default = "école de la deuxième chance"
    missing = "youth_scheme_unknown"
    steps = ("structure_trouver", "decrochage")

    def answer(self, turn: Turn) -> Reply:
        """Two schemes are compared; one is explained."""
        pair = unique(self._pair(turn))
        if len(pair) == 2 and "sheet" not in turn.given:
            turn.focus(ref_of(pair[0]))
            return side_by_side(turn, pair)
        return super().answer(turn)

    def _pair(self, turn: Turn) -> list[Any]:
        return two_sides(turn, self.kinds)
