"""« La première », « 2 » : the button or the sheet of that number in what was just shown."""

from __future__ import annotations

import re
from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import VIEW, reply_from, view
from actions.conversation import press
from actions.fold import fold
from actions.reply import QuickReply, Reply
from actions.turn import Turn

_ORDINALS = {
    1: ("1", "un", "une", "premier", "premiere", "1er", "1ere", "le 1", "la 1", "prems"),
    2: ("2", "deux", "deuxieme", "second", "seconde", "2e", "2eme", "2nd", "2nde"),
    3: ("3", "trois", "troisieme", "3e", "3eme"),
    4: ("4", "quatre", "quatrieme", "4e", "4eme"),
    5: ("5", "cinq", "cinquieme", "5e", "5eme"),
}
_LAST = ("dernier", "derniere")


class ActionChoisir(AnswerAction):
    """Opens what the person points at."""

    intent = "choisir"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """A sheet of the list when there was a list, else a button."""
        shown = turn.get("shown") or []
        choices = [choice for choice in turn.get("choices") or [] if "intent" in choice["payload"]]
        pointed = _pick(turn.text, shown) if len(shown) > 1 else None
        if pointed:
            return self._open(turn, pointed)
        choice = _pick(turn.text, choices)
        if choice:
            return press(self.answers, turn, choice["payload"])
        if len(shown) == 1 and _number(turn.text) == 1:
            return self._open(turn, shown[0])
        buttons = [view(ref) for ref in shown[:4]] or [QuickReply(found["label"], found["payload"]) for found in choices]
        return reply_from(turn.say("choose_which"), quick_replies=buttons)

    def _open(self, turn: Turn, ref: dict[str, Any]) -> Reply:
        return press(self.answers, turn, {"intent": VIEW, "slots": {"chosen": ref}})


def _pick(text: str, items: list[Any]) -> Any:
    number = _number(text)
    if number == -1:
        return items[-1] if items else None
    return items[number - 1] if number and number <= len(items) else None


def _number(text: str) -> int | None:
    """1 for « la première », -1 for the last, None when no number is said."""
    words = set(re.split(r"\s+", fold(text)))
    if words & set(_LAST):
        return -1
    return next((number for number, names in _ORDINALS.items() if words & set(names)), None)
