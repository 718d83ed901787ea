"""An insult gets a calm sentence and a way to a person."""

from __future__ import annotations

from actions.fixed_answer import FixedAnswer


class ActionInsulte(FixedAnswer):
    """Neither answers back nor lectures."""

    intent = "insulte"
    topic = 32
    sentence = "insult"
    steps = ("aide_usage", "demander_conseiller")
    is_question = False
