"""« Payé combien à 17 ans ? » : the dated scale of an apprentice's pay, from its sheet."""

from __future__ import annotations

import re
from typing import Any

from actions.compose import SMS_LENGTH, headed, shorten, written
from actions.knowledge import ref_of
from actions.reply import Reply
from actions.sheet_answer import SheetAnswer
from actions.turn import Turn

_BRACKET = re.compile(r"(?:Moins de (?P<under>\d+) ans|De (?P<low>\d+) à (?P<high>\d+) ans|À partir de (?P<over>\d+) ans) :")


class ActionApprentissageSalaire(SheetAnswer):
    """The scale as published, with its date; asks the age when the scale depends on it."""

    intent = "apprentissage_salaire"
    topic = 16
    handover = 1
    kinds = ("dispositif", "aide", "terme")
    usual_first = True
    # « et en deuxième année ? » is answered by the scale again.
    told_once = False
    usual = ("dispositif/salaire-apprenti",)
    default = "salaire d’un apprenti rémunération"
    missing = "apprentice_pay_unknown"
    steps = ("apprentissage_chercher", "aides")

    def about(self, turn: Turn, sheet: Any) -> Reply:
        """The whole scale: it is short, and one line out of it would mislead."""
        turn.focus(ref_of(sheet))
        reply = super().about(turn, sheet)
        amount = getattr(sheet.data, "amount", None)
        how = getattr(sheet.data, "how", None) or ""
        age = turn.get("age")
        line = line_of_age(how, age) if age else ""
        if not line:
            reply.text = written(turn, sheet, headed(sheet, sheet.summary), amount.text if amount else "", how)
            return reply
        if "," in line and "année" not in line:
            line = turn.word("apprentice_pay_years", line=line)
        lead = turn.word("apprentice_pay_age", age=age, line=line)
        reply.text = written(turn, sheet, lead, " ".join(_outside_brackets(how)))
        reply.sms = reply.spoken = shorten(lead, SMS_LENGTH)
        return reply


def line_of_age(scale: str, age: int) -> str:
    """The sentence of a scale (« De 18 à 20 ans : 43, 51, 67 %. ») that holds for an age; empty when none does."""
    for sentence in _sentences(scale):
        bounds = _BRACKET.match(sentence)
        if bounds and _holds(bounds, age):
            return sentence[bounds.end() :].strip(" :.")
    return ""


def _outside_brackets(scale: str) -> list[str]:
    """What the scale says beside its lines: percentage of what, the Smic and its date."""
    return [sentence for sentence in _sentences(scale) if not _BRACKET.match(sentence)]


def _sentences(scale: str) -> list[str]:
    return re.split(r"(?<=[.])\s+(?=[A-ZÀ])", scale)


def _holds(bounds: re.Match[str], age: int) -> bool:
    if bounds["under"]:
        return age < int(bounds["under"])
    if bounds["over"]:
        return age >= int(bounds["over"])
    return int(bounds["low"]) <= age <= int(bounds["high"])
