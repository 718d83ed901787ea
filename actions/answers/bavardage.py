"""« Ça va ? » : a word back, then the purpose."""

from __future__ import annotations

from actions.fixed_answer import MENU, FixedAnswer


class ActionBavardage(FixedAnswer):
    """Small talk stays small."""

    intent = "bavardage"
    topic = 32
    sentence = "small_talk"
    steps = MENU
    is_question = False
