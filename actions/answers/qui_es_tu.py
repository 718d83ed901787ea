"""« T'es un robot ? » : an automatic assistant, and says so."""

from __future__ import annotations

from actions.fixed_answer import FixedAnswer


class ActionQuiEsTu(FixedAnswer):
    """Who answers, for whom, and how to reach a person."""

    intent = "qui_es_tu"
    topic = 33
    sentence = "who_am_i"
    steps = ("donnees_personnelles", "demander_conseiller", "aide_usage")
    is_question = False
