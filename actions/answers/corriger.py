"""« Non, pas boulanger, pâtissier » : what is meant is asked again; what was refused is left out by the reading."""

from __future__ import annotations

from actions.answers.question import ActionQuestion


class ActionCorriger(ActionQuestion):
    """The corrected sheet, on the points that were asked."""

    intent = "corriger"
