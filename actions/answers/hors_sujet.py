"""« Météo ? » : a polite limit and what can be asked here."""

from __future__ import annotations

from actions.fixed_answer import MENU, FixedAnswer


class ActionHorsSujet(FixedAnswer):
    """Says what this service is for."""

    intent = "hors_sujet"
    topic = 32
    sentence = "out_of_scope"
    steps = MENU
    is_question = False
