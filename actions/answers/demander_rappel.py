"""« Rappelez-moi lundi » : the call-back form of the channels."""

from __future__ import annotations

from typing import ClassVar

from actions.fixed_answer import FixedAnswer
from actions.reply import Command


class ActionDemanderRappel(FixedAnswer):
    """Starts the call-back."""

    intent = "demander_rappel"
    topic = 29
    sentence = "callback_start"

    handover = 2
    command: ClassVar[Command | None] = {"name": "callback"}
