"""« Bonjour » : a greeting and what can be asked."""

from __future__ import annotations

from actions.fixed_answer import MENU, FixedAnswer


class ActionSalutation(FixedAnswer):
    """Greets; says that it is automatic."""

    intent = "salutation"
    topic = None
    sentence = "greeting"
    steps = MENU
    is_question = False
