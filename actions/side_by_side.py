"""Two sheets shown side by side, in the words of the sheets; none is preferred."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.compose import SMS_LENGTH, shorten, show, source_note, view
from actions.reply import Reply
from actions.telling import ANYTHING, Told, tell
from actions.turn import Turn
from knowledge_base.points import points

PAY = "pay"
FACTS = 2
FACT_LENGTH = 160
_COMPARED = ("Durée", "Et après", "Pour y entrer", "Pour qui", "Comment y arriver", "Conditions de travail")


def side_by_side(turn: Turn, sheets: list[Any], asked: Sequence[str] = ()) -> Reply:
    """One paragraph for each, with its source; a button to open each. `asked`: the points that are compared."""
    asked = [point for point in asked if point != "compare"]
    paragraphs = [f"{sheet.title} : {_body(sheet, asked)}\n{source_note(turn, sheet)}" for sheet in sheets]
    unknown = _pay_unknown(turn, sheets, asked)
    parts = [turn.say("compare_lead").text, *paragraphs, unknown, turn.say("compare_no_best").text]
    text = "\n\n".join(part for part in parts if part)
    short = shorten("\n".join([f"{sheet.title} : {sheet.summary}" for sheet in sheets] + [unknown] * bool(unknown)), SMS_LENGTH)
    cards = show(turn, [sheet.to_card() for sheet in sheets])
    return Reply(text, sms=short, spoken=short, cards=cards, quick_replies=[view(sheet) for sheet in sheets])


def _pay_unknown(turn: Turn, sheets: list[Any], asked: Sequence[str]) -> str:
    """« lequel gagne le plus ? »: said when the sheets of one or both hold no pay; empty otherwise."""
    without = [sheet for sheet in sheets if PAY in asked and not _told(sheet, [PAY])]
    if len(without) < len(sheets):
        return " ".join(turn.word("compare_pay_of_one_unknown", title=sheet.title) for sheet in without)
    return turn.say("compare_no_pay").text


def _told(sheet: Any, asked: Sequence[str]) -> list[Told]:
    """What a sheet says of the points: the first question that asks each, else its fields."""
    asks = [item.asks[0] for point in asked for item in sheet.questions if item.point == point][:FACTS]
    return tell(sheet, asked, asks)


def _body(sheet: Any, asked: Sequence[str]) -> str:
    own = [(points()[found.point].label, found.text) for found in _told(sheet, asked) if found.point not in ANYTHING]
    told = [*own, *((heading, text) for heading, text in sheet.sections() if heading in _COMPARED)]
    return "\n".join([sheet.summary, *[shorten(f"{heading} : {text}", FACT_LENGTH) for heading, text in told[:FACTS]]])
