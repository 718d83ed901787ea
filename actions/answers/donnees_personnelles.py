"""« Effacez tout » : what is kept, for how long, and how to have it erased."""

from __future__ import annotations

from actions.answer_action import AnswerAction
from actions.compose import reply_from, show
from actions.reply import Reply, ask, do
from actions.turn import Turn

SHEET = "mes-donnees"


class ActionDonneesPersonnelles(AnswerAction):
    """Explains; erasing is a button, so that nobody loses a conversation by a misunderstanding."""

    intent = "donnees_personnelles"
    topic = 33

    def answer(self, turn: Turn) -> Reply:
        """The rights, and the button."""
        buttons = [
            do(turn.word("erase_conversation"), "erase"),
            ask(turn.word("label_demander_conseiller"), "demander_conseiller"),
        ]
        sheet = turn.kb.sheet("service", SHEET)
        cards = show(turn, [sheet.to_card()]) if sheet is not None else []
        return reply_from(turn.say("personal_data"), quick_replies=buttons, cards=cards)
