"""Two sheets shown side by side, in the words of the sheets; none is preferred."""

from __future__ import annotations

from typing import Any

from actions.compose import SMS_LENGTH, shorten, show, source_note, view
from actions.reply import Reply
from actions.turn import Turn


def side_by_side(turn: Turn, sheets: list[Any], asked: str | None = None) -> Reply:
    """One paragraph for each, with its source; a button to open each. `asked`: the question that is compared, an intent."""
    paragraphs = [f"{sheet.title} : {_body(sheet, asked)}\n{source_note(turn, sheet)}" for sheet in sheets]
    no_pay = asked == "metier_salaire" and not any(getattr(sheet.data, "salary", None) for sheet in sheets)
    unknown = turn.say("compare_no_pay").text if no_pay else ""
    parts = [turn.say("compare_lead").text, *paragraphs, unknown, turn.say("compare_no_best").text]
    text = "\n\n".join(part for part in parts if part)
    short = shorten("\n".join([f"{sheet.title} : {sheet.summary}" for sheet in sheets] + [unknown] * bool(unknown)), SMS_LENGTH)
    cards = show(turn, [sheet.to_card() for sheet in sheets])
    return Reply(text, sms=short, spoken=short, cards=cards, quick_replies=[view(sheet) for sheet in sheets])


def _body(sheet: Any, asked: str | None) -> str:
    wanted = _HEADINGS.get(asked or "", ())
    told = [(heading, text) for heading, text in sheet.sections() if heading in _COMPARED or heading in wanted]
    told.sort(key=lambda section: section[0] not in wanted)
    return "\n".join([sheet.summary, *[shorten(f"{heading} : {text}", FACT_LENGTH) for heading, text in told[:FACTS]]])


FACTS = 2
FACT_LENGTH = 160
_COMPARED = ("Durée", "Et après", "Pour y entrer", "Pour qui", "Comment y arriver", "Conditions de travail")
_HEADINGS = {
    "metier_salaire": ("Salaire",),
    "metier_conditions": ("Conditions de travail",),
    "metier_acces": ("Comment y arriver",),
    "metier_recrutement": ("Recrutement",),
}
