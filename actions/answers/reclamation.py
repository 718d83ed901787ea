"""« 3 fois que j'appelle » : a person takes the complaint."""

from __future__ import annotations

from actions.fixed_answer import FixedAnswer
from actions.reply import hand_over


class ActionReclamation(FixedAnswer):
    """Apologises once and hands over."""

    intent = "reclamation"
    topic = 30
    sentence = "complaint"

    handover = 2
    command = hand_over("reclamation", 30)
