"""« Tu sais faire quoi ? » : what can be asked, with examples."""

from __future__ import annotations

from actions.fixed_answer import MENU, FixedAnswer


class ActionAideUsage(FixedAnswer):
    """Examples of real questions."""

    intent = "aide_usage"
    topic = None
    sentence = "usage"
    steps = MENU
    is_question = False
