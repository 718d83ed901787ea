"""« Après la 3e je fais quoi ? » : the ways that are open after a class or a diploma."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, reply_from, shorten, show, written
from actions.fixed_answer import menu
from actions.fold import fold, has_word
from actions.knowledge import ref_of
from actions.reply import QuickReply, Reply, ask
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn
from actions.understanding.subjects import EXACT, SURE, named

SHEETS = {"3e": "apres-la-3e", "cap": "apres-un-cap", "bac": "apres-le-bac"}
STARTS = {"bac+3": ("licence", "but", "l3"), "bac+2": ("bts", "dut", "l2"), "cap": ("cap",)}
LEVELS_ASKED = ("3e", "2de", "bac", "cap")
FOLLOW_UP_WORDS = 3
CLASSES = ("6e", "5e", "4e", "3e", "2de", "1re", "terminale")
# « après le bac » is any bac.
ANY_BAC = ("bac-general",)


class ActionApresDiplome(SheetAnswer):
    """The sheet of that level when the agency has one, else a fixed sentence for the level."""

    intent = "apres_diplome"
    topic = 11
    handover = 1
    kinds = ("dispositif",)
    steps = ("formation_chercher", "metier_gouts")

    def answer(self, turn: Turn) -> Reply:
        """By the level that is said or known; asks it otherwise."""
        course = _course(turn)
        if course is not None:
            return self._after_course(turn, course)
        level = _diploma_in(turn.text) or turn.get("level")
        turn.set("level", level)
        sheet = self._sheet_on_topic(turn)
        if sheet is not None:
            turn.focus(ref_of(sheet))
            reply = self.about(turn, sheet)
            self._add_steps(turn, reply, None)
            return reply
        key = f"after_{_family(level)}"
        if level is None or not turn.runtime.voice.has(key):
            return reply_from(turn.say("after_ask_level"), quick_replies=_levels(turn))
        said = turn.say(key)
        short = said.sms or shorten(said.text, SMS_LENGTH)
        return Reply(said.text, sms=short, spoken=said.spoken, quick_replies=menu(turn, self.steps))

    def _sheet_on_topic(self, turn: Turn) -> Any:
        exact = named(turn, self.kinds, at_least=EXACT)
        if exact:
            return turn.kb.sheet(exact[0].kind, exact[0].id)
        reference = SHEETS.get(_family(turn.get("level")))
        if reference:
            return turn.kb.sheet("dispositif", reference)
        close = self._named(turn)
        return close if close is not None and self.topic in close.topics else None

    def _after_course(self, turn: Turn, course: Any) -> Reply:
        """« Licence de psycho, ça mène à quoi ? » : what the sheet of that diploma says."""
        turn.focus(ref_of(course))
        said = turn.say("after_course", title=course.title, text=course.data.after).text
        buttons = menu(turn, self.steps)
        short = shorten(said, SMS_LENGTH)
        cards = show(turn, [course.to_card()])
        return Reply(written(turn, course, said), sms=short, spoken=short, cards=cards, quick_replies=buttons)


def _course(turn: Turn) -> Any:
    """The diploma that the words name, or the one in mind when they name nothing (« et après ? »)."""
    if turn.changes.get("level") in CLASSES:
        return None
    hits = [hit for hit in named(turn, ["formation"], at_least=SURE) if hit.id not in ANY_BAC]
    in_mind = turn.get("formation") if len(turn.words) <= FOLLOW_UP_WORDS else None
    course = hits[0].id if hits else (in_mind or {}).get("id")
    found = turn.kb.sheet("formation", course) if course else None
    return found if found is not None and found.data.after else None


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
