"""Two sheets shown side by side, in the words of the sheets; none is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.compose import SMS_LENGTH, shorten, show, source_note, view
from actions.reply import Reply
from actions.telling import ANYTHING, tell
from actions.turn import Turn
from knowledge_base.points import points


def side_by_side(turn: Turn, sheets: list[Any], asked: Sequence[str] = ()) -> Reply:
    """One paragraph for each, with its source; a button to open each. `asked`: the points that are compared."""
    paragraphs = [f"{sheet.title} : {_body(sheet, asked)}\n{source_note(turn, sheet)}" for sheet in sheets]
    unknown = ""
    parts = [turn.say("compare_lead").text, *paragraphs, unknown, turn.say("compare_no_best").text]
    text = "\n\n".join(part for part in parts if part)
    short = shorten("\n".join([f"{sheet.title} : {sheet.summary}" for sheet in sheets] + [unknown] * bool(unknown)), SMS_LENGTH)
    cards = show(turn, [sheet.to_card() for sheet in sheets])
    return Reply(text, sms=short, spoken=short, cards=cards, quick_replies=[view(sheet) for sheet in sheets])


def _body(sheet: Any, asked: Sequence[str]) -> str:
    own = [(points()[found.point].label, found.text) for found in tell(sheet, asked, ()) if found.point not in ANYTHING]
    told = [*own, *((heading, text) for heading, text in sheet.sections() if heading in _COMPARED)]
    return "\n".join([sheet.summary, *[shorten(f"{heading} : {text}", FACT_LENGTH) for heading, text in told[:FACTS]]])


FACTS = 2
FACT_LENGTH = 160
_COMPARED = ("Durée", "Et après", "Pour y entrer", "Pour qui", "Comment y arriver", "Conditions de travail")
