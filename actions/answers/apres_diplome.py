"""« Après la 3e je fais quoi ? » : the ways that are open after a class or a diploma."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, reply_from, shorten
from actions.fold import fold, has_word
from actions.knowledge import ref_of
from actions.reply import QuickReply, Reply, ask
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

SHEETS = {"3e": "apres-la-3e", "cap": "apres-un-cap", "bac": "apres-le-bac"}
STARTS = {"bac+3": ("licence", "but", "l3"), "bac+2": ("bts", "dut", "l2"), "cap": ("cap",)}
LEVELS_ASKED = ("3e", "2de", "bac", "cap")


class ActionApresDiplome(SheetAnswer):
    """The sheet of that level when the agency has one, else a fixed sentence for the level."""

    intent = "apres_diplome"
    topic = 11
    handover = 1
    kinds = ("dispositif",)

    def answer(self, turn: Turn) -> Reply:
        """By the level that is said or known; asks it otherwise."""
        level = _diploma_in(turn.text) or turn.get("level")
        turn.set("level", level)
        sheet = self._sheet_on_topic(turn)
        if sheet is not None:
            turn.focus(ref_of(sheet))
            return self.about(turn, sheet)
        key = f"after_{_family(level)}"
        if level is None or not turn.runtime.voice.has(key):
            return reply_from(turn.say("after_ask_level"), quick_replies=_levels(turn))
        said = turn.say(key)
        buttons = [ask(turn.word(f"label_{intent}"), intent) for intent in ("formation_chercher", "metier_gouts")]
        return Reply(said.text, sms=said.sms or shorten(said.text, SMS_LENGTH), spoken=said.spoken, quick_replies=buttons)

    def _sheet_on_topic(self, turn: Turn) -> Any:
        named = self._named(turn)
        if named is not None and self.topic in named.topics:
            return named
        reference = SHEETS.get(_family(turn.get("level")))
        return turn.kb.sheet("dispositif", reference) if reference else None


def _diploma_in(text: str) -> str | None:
    """« avec juste un BTS » : the diploma that the question starts from."""
    folded = fold(text)
    return next((level for level, words in STARTS.items() if has_word(folded, *words)), None)


def _family(level: str | None) -> str:
    # One sentence serves several classes.
    same = {"4e": "3e", "5e": "3e", "6e": "3e", "1re": "2de", "terminale": "bac", "bac+1": "bac", "bac+5": "bac3"}
    return same.get(level or "", level or "").replace("+", "")


def _levels(turn: Turn) -> list[QuickReply]:
    return [ask(turn.word(f"level_{level}"), "apres_diplome", level=level) for level in LEVELS_ASKED]
