"""« Non, pas boulanger, pâtissier » : the right trade, and the last question again about it."""

from __future__ import annotations

import re
from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import reply_from
from actions.knowledge import ref_of
from actions.reply import Reply
from actions.turn import Turn
from actions.understanding.subjects import EXACT, NAMED, WORD_LETTERS, named

# What stands between « pas » and the next comma, « mais » or « plutôt » is what was not meant.
_REJECTED = re.compile(
    r"\b(?:pas|non pas)\s+(?:de |du |des |le |la |les |un |une |d['’]|l['’])?[^,;.!?]*?(?=,|;|\.|!|\?|\bmais\b|\bplut[oô]t\b|$)",
    re.I,
)
_LEAD = re.compile(r"^\W*(?:non|nan|mais non|pardon|en fait|je voulais dire|je veux dire|plut[oô]t|c.est)\b[\s,]*", re.I)
KINDS = ("metier", "formation")


class ActionCorriger(AnswerAction):
    """Takes the correction into account without making the person ask again."""

    intent = "corriger"
    is_question = False

    def answer(self, turn: Turn) -> Reply:
        """The corrected trade, course or place; asks what was meant when nothing is recognised."""
        meant = meant_in(turn.text)
        hits = named(turn, KINDS, text=meant, at_least=NAMED)
        if hits:
            return self._again(turn, hits[0], meant)
        other = _other_than_in_mind(turn)
        if other is not None:
            return self._again(turn, other, other.title)
        if "place" in turn.changes:
            return self.hand_to("preciser_lieu", turn, text=meant)
        return reply_from(turn.say("correct_what"))

    def _again(self, turn: Turn, hit: Any, meant: str) -> Reply:
        turn.focus(ref_of(hit))
        turn.given = turn.given | {hit.kind, "sheet"}
        if hit.kind == "metier":
            turn.set("formation", None)
        asked = turn.get("last_intent")
        usable = turn.table("conversation")["by_trade"] if hit.kind == "metier" else ["formation_chercher"]
        default = "metier_decouvrir" if hit.kind == "metier" else "formation_chercher"
        return self.hand_to(asked if asked in usable else default, turn, text=meant)


def _other_than_in_mind(turn: Turn) -> Any:
    """« non pas boulanger patissier » : without a comma, the trade that is not the one just spoken of."""
    in_mind = (turn.get("metier") or {}).get("id")
    for word in reversed(turn.words):
        exact = [hit for hit in turn.link(word, ["metier"]) if hit.score >= EXACT] if len(word) >= WORD_LETTERS else []
        if exact and exact[0].id != in_mind:
            return exact[0]
    return None


def meant_in(text: str) -> str:
    """« non, pas boulanger, pâtissier » → « pâtissier »; « pâtissier, pas boulanger » → « pâtissier »."""
    left = _REJECTED.sub(" ", text)
    left = _LEAD.sub("", left.strip(" ,;.!?"))
    return re.sub(r"\b(?:mais|plut[oô]t|je voulais dire|je veux dire)\b", " ", left, flags=re.I).strip(" ,;.!?")
