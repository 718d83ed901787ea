"""The place a question is about: named in the words, chosen with a button, or remembered."""

from __future__ import annotations

import re
from typing import Any

from actions.turn import Turn

SHORT = 5
_NUMBER = "(14|27|50|61|76)"
# « le 14 décembre » is a date, « 14 ans » an age.
_NO_PLACE = r"(?! *(?:janv|f[ée]v|mars|avr|mai|juin|juil|ao[uû]t|sept|oct|nov|d[ée]c|ans|h\b|euros|€|/))"
_IN_SHORT = re.compile(rf"\b(?:le|du|dep|departement|dpt) ?{_NUMBER}\b{_NO_PLACE}", re.IGNORECASE)
_IN_LONG = re.compile(rf"\b(?:ds|dans) (?:le )?{_NUMBER}\b{_NO_PLACE}", re.IGNORECASE)


def read_place(turn: Turn) -> dict[str, Any] | None:
    """The place that this message names (also written into the turn), or None."""
    if turn.is_button or "place" in turn.given:
        return turn.get("place") if "place" in turn.given else None
    found = turn.kb.find_place(turn.text) or _departement(turn)
    if found is None:
        return None
    place = as_slot(found)
    turn.set("place", place)
    return place


def _departement(turn: Turn) -> Any:
    """« ds le 61 » : the département that a number means."""
    number = _IN_LONG.search(turn.text) or (len(turn.words) <= SHORT and _IN_SHORT.search(turn.text))
    return turn.kb.place(number.group(1)) if number else None


def as_slot(place: Any) -> dict[str, Any]:
    """A place of the knowledge base as the slot keeps it."""
    return {
        "name": place.name,
        "code": place.code,
        "kind": place.kind,
        "lat": getattr(place, "lat", None),
        "lon": getattr(place, "lon", None),
    }


def known_place(turn: Turn) -> Any:
    """The place of the slot as the knowledge base knows it, or None (also when « peu importe » was chosen)."""
    slot = turn.get("place")
    if not slot or not slot.get("code"):
        return None
    return turn.kb.place(slot["code"])


def place_name(turn: Turn) -> str | None:
    """The name of the place in mind, or None."""
    slot = turn.get("place")
    return slot["name"] if slot and slot.get("code") else None
