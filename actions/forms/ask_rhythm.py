"""The question of the form on the rhythm."""

from __future__ import annotations

from actions.form_question import FormQuestion


class AskRhythm(FormQuestion):
    """Asked only when the rhythm is not known yet."""

    slot = "rhythm"
    values = ("initial", "apprentissage", "continue")
