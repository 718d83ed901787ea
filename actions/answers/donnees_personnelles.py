"""« Effacez tout » : what is kept, for how long, and how to have it erased."""

from __future__ import annotations

import re

from actions.answer_action import AnswerAction
from actions.compose import reply_from, show
from actions.fold import fold
from actions.reply import Reply, ask, do
from actions.turn import Turn

SHEET = "mes-donnees"


_ERASE = re.compile(r"\b(?:effac\w+|supprim\w+|oubli(?:e|ez|er))\b")


class ActionDonneesPersonnelles(AnswerAction):
    """Explains; erasing is confirmed first, so that nobody loses a conversation by a misunderstanding."""

    intent = "donnees_personnelles"
    topic = 33

    def answer(self, turn: Turn) -> Reply:
        """« Effacez tout » is asked to be confirmed at once; otherwise the rights, and the button."""
        sheet = turn.kb.sheet("service", SHEET)
        cards = show(turn, [sheet.to_card()]) if sheet is not None else []
        if _ERASE.search(fold(turn.text)) and "?" not in turn.text:
            return reply_from(turn.say("erase_asked"), cards=cards, command={"name": "erase"})
        buttons = [
            do(turn.word("erase_conversation"), "erase"),
            ask(turn.word("label_demander_conseiller"), "demander_conseiller"),
        ]
        return reply_from(turn.say("personal_data"), quick_replies=buttons, cards=cards)
