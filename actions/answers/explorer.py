"""« J'aime dessiner et les animaux » : trades near one's tastes; seven quick questions when none is said."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest
from typing import Any

from actions.answer_action import AnswerAction
from actions.compose import SMS_LENGTH, card_of, listed, reply_from, shorten, show, unique, view
from actions.fold import fold
from actions.reply import QuickReply, Reply, ask
from actions.turn import Turn
from actions.understanding.subjects import NAMED, named, wanted
from actions.understanding.tastes import Likes, likes_in

PROPOSED = 5
LOOKED_AT = 60
WORDS_SAID_BACK = 4
STOP = "stop"


class ActionExplorer(AnswerAction):
    """Explains why each trade is listed; it is no test and says nothing of the person."""

    intent = "explorer"
    topic = 3
    handover = 1

    def answer(self, turn: Turn) -> Reply:
        """The next question of the exploration, or the trades."""
        progress = turn.get("gouts")
        turn.set("gouts", None)
        if progress:
            return self._step(turn, progress)
        likes = likes_in(turn)
        if likes.tastes:
            return self._trades(turn, likes, one_by_one(turn, likes))
        first = self._question(turn, 0, Likes(), turn.say("tastes_intro").text)
        first.cards = what_comes_after(turn)
        return first

    def _step(self, turn: Turn, progress: dict[str, Any]) -> Reply:
        likes = Likes.from_slot(progress)
        step = int(progress["step"])
        if progress.get(STOP) or step >= len(turn.table("exploration")):
            return self._trades(turn, likes, together(turn, likes))
        return self._question(turn, step, likes)

    def _question(self, turn: Turn, step: int, likes: Likes, lead: str = "") -> Reply:
        entry = turn.table("exploration")[step]
        count = len(turn.table("exploration"))
        question = turn.word("tastes_question", number=step + 1, count=count, question=entry["question"])
        buttons = [self._button(answer, likes.plus(answer).slot(step + 1)) for answer in entry["answers"]]
        options = listed([answer["label"] for answer in entry["answers"]])
        spoken = f"{question} {', '.join(answer['label'] for answer in entry['answers'])} ?"
        reply = Reply("\n\n".join(filter(None, [lead, f"{question}\n{options}"])), spoken=spoken, handover=0)
        reply.quick_replies = [*buttons, self._stop(turn, likes, step)]
        turn.set("shown", [])
        turn.set("expecting", {"what": "taste", "intent": self.intent, "likes": likes.slot(step)})
        return reply

    def _button(self, answer: dict[str, Any], slot: dict[str, Any]) -> QuickReply:
        return ask(answer["label"], self.intent, gouts=slot)

    def _stop(self, turn: Turn, likes: Likes, step: int) -> QuickReply:
        if not likes.letters:
            return ask(turn.word("tastes_leave"), "aide_usage")
        return ask(turn.word("tastes_stop"), self.intent, gouts={**likes.slot(step), STOP: True})

    def _trades(self, turn: Turn, likes: Likes, hits: list[Any]) -> Reply:
        if not hits:
            return reply_from(turn.say("tastes_none"))
        liked = ", ".join(dict.fromkeys(likes.words[-WORDS_SAID_BACK:]))
        lead = turn.say("tastes_found", liked=liked).text
        text = f"{lead}\n{listed(_lines(hits, likes))}\n\n{turn.say('tastes_next').text}"
        buttons = [view(hit) for hit in hits[:3]]
        short = shorten(f"{lead}\n{listed([hit.title for hit in hits])}", SMS_LENGTH)
        cards = show(turn, [card_of(hit) for hit in hits])
        return Reply(text, sms=short, spoken=short, cards=cards, quick_replies=buttons)


def what_comes_after(turn: Turn) -> list[dict[str, Any]]:
    """Beside the first question: the sheet of what comes after the class that was said, as a card."""
    key = turn.table("rereading")["after_level"].get(turn.get("level"))
    sheet = turn.kb.sheet(*key.split("/", 1)) if key else None
    return [card_of(sheet)] if sheet is not None else []


def together(turn: Turn, likes: Likes) -> list[Any]:
    """Trades that share most of what was answered in the exploration."""
    return _well_known_first(turn, likes.main_letters(), likes.tastes)


def one_by_one(turn: Turn, likes: Likes) -> list[Any]:
    """Trades for two tastes said in one sentence: those that hold both first, then some of each in turn."""
    # « les chevaux » says more than the taste « animaux »: trades that the words name come first.
    # … but « animaux », the taste itself, resembles « animateur ».
    tastes = set(fold(" ".join(likes.words)).split())
    others = " ".join(word for word in wanted(turn.text).split() if fold(word) not in tastes)
    by_name = named(turn, ["metier"], text=others, at_least=NAMED)[:2]
    if len(likes.tastes) < 2:
        return unique([*by_name, *together(turn, likes)])[:PROPOSED]
    both = [hit for hit in _well_known_first(turn, [], likes.tastes) if "," in (hit.why or "")]
    each = [_well_known_first(turn, [letter], [taste]) for taste, letter in zip(likes.tastes, likes.letters, strict=True)]
    turns = [hit for hits in zip_longest(*each) for hit in hits if hit is not None]
    return unique([*by_name, *both, *turns])[:PROPOSED]


def _well_known_first(turn: Turn, letters: Sequence[str], tastes: Sequence[str]) -> list[Any]:
    """The best for these tastes; among equals, those that a pupil can picture come before the alphabet."""
    table = turn.table("tastes")
    known = [trade for taste in tastes for trade in table.get(taste, {}).get("known", ())]
    hits = unique(turn.kb.by_riasec(letters, tastes, LOOKED_AT))
    return sorted(hits, key=lambda hit: (-round(hit.score, 2), hit.id not in known))[:PROPOSED]


def _lines(hits: list[Any], likes: Likes) -> list[str]:
    """Each title with the tastes that it holds, « (dessin) », when more than one was said."""
    reasons = [(hit.why or "").partition(" : ")[2] for hit in hits]
    if len(set(likes.tastes)) < 2:
        return [hit.title for hit in hits]
    return [f"{hit.title} ({reason})" if reason else hit.title for hit, reason in zip(hits, reasons, strict=True)]
