"""The place a question is about: named in the words, chosen with a button, or remembered."""

from __future__ import annotations

from typing import Any

from actions.turn import Turn


def read_place(turn: Turn) -> dict[str, Any] | None:
    """The place that this message names (also written into the turn), or None."""
    if turn.is_button or "place" in turn.given:
        return turn.get("place") if "place" in turn.given else None
    found = turn.kb.find_place(turn.text)
    if found is None:
        return None
    place = as_slot(found)
    turn.set("place", place)
    return place


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
