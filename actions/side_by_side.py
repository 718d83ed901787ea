"""Two sheets shown side by side, in the words of the sheets; none is preferred."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, shorten, show, source_note, view
from actions.reply import Reply
from actions.turn import Turn


def side_by_side(turn: Turn, sheets: list[Any]) -> Reply:
    """One paragraph for each, with its source; a button to open each."""
    paragraphs = [f"{sheet.title} : {_body(sheet)} {source_note(turn, sheet)}" for sheet in sheets]
    text = "\n\n".join([turn.say("compare_lead").text, *paragraphs, turn.say("compare_no_best").text])
    short = shorten("\n".join(f"{sheet.title} : {sheet.summary}" for sheet in sheets), SMS_LENGTH)
    cards = show(turn, [sheet.to_card() for sheet in sheets])
    return Reply(text, sms=short, spoken=short, cards=cards, quick_replies=[view(sheet) for sheet in sheets])


def _body(sheet: Any) -> str:
    facts = [f"{heading} : {text}" for heading, text in sheet.sections() if heading in _COMPARED]
    return " ".join([sheet.summary, *[shorten(fact, 160) for fact in facts[:2]]])


_COMPARED = ("Durée", "Et après", "Pour y entrer", "Pour qui", "Comment y arriver", "Conditions de travail")
