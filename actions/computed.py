"""Points that a sheet holds as a scale: the line that holds for this person, read out of the sheet's own words."""

from __future__ import annotations

import re
from typing import Any

from actions.telling import Told
from actions.turn import Turn

_BRACKET = re.compile(r"(?:Moins de (?P<under>\d+) ans|De (?P<low>\d+) à (?P<high>\d+) ans|À partir de (?P<over>\d+) ans) :")
APPRENTICE_PAY = "dispositif/salaire-apprenti"


def computed(turn: Turn, sheet: Any, points: tuple[str, ...]) -> list[Told]:
    """What is worked out for this person; empty when nothing is."""
    age = turn.get("age")
    if f"{sheet.kind}/{sheet.id}" != APPRENTICE_PAY or "pay" not in points or not age:
        return []
    line = line_of_age(getattr(sheet.data, "how", None) or "", age)
    if not line:
        return []
    if "," in line and "année" not in line:
        line = turn.word("apprentice_pay_years", line=line)
    said = turn.word("apprentice_pay_age", age=age, line=line)
    scale = " ".join(_outside_brackets(sheet.data.how))
    return [Told("pay", f"{said}\n{scale}".strip(), said)]


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
