"""The question of the form on the level."""

from __future__ import annotations

from actions.form_question import FormQuestion


class AskLevel(FormQuestion):
    """Asked only when the level is not known yet."""

    slot = "level"
    values = ("3e", "cap", "bac")
