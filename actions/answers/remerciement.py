"""« Merci » : a word back; one more question, or the end."""

from __future__ import annotations

from actions.fixed_answer import FixedAnswer


class ActionRemerciement(FixedAnswer):
    """Closes gently."""

    intent = "remerciement"
    topic = None
    sentence = "thanks"
    steps = ("aide_usage",)
    is_question = False
