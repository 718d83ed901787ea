"""Places of welcome near the person, with only what is known of them."""

from __future__ import annotations

from typing import Any

from actions.compose import card_of
from actions.turn import Turn
from actions.understanding.places import known_place

NEAREST = 2
# Score from which a structure is the one of that place, and not only the nearest.
COVERS = 0.5


def structures_near(turn: Turn, type_: str | None, limit: int = NEAREST) -> list[Any]:
    """Sheets of the structures of a type that cover the place in mind; empty when no place is known."""
    place = known_place(turn)
    if place is None:
        return []
    hits = turn.kb.structures_for(place, type_)
    covering = [hit for hit in hits if hit.score >= COVERS]
    hits = covering or hits
    sheets = (turn.kb.sheet("structure", hit.id) for hit in hits)
    # A sheet without a town explains what such a place is; it is no place to go to.
    return [sheet for sheet in sheets if sheet is not None and (sheet.data.commune_name or sheet.data.address)][:limit]


def cards_near(turn: Turn, sheets: list[Any]) -> list[dict[str, Any]]:
    """Their cards, with how far they are from the place in mind when both are known."""
    place = known_place(turn)
    hits = {hit.id: hit for sheet in sheets for hit in turn.kb.structures_for(place, sheet.data.type)} if place else {}
    return [card_of(hits.get(sheet.id, sheet)) for sheet in sheets]


def contact_lines(turn: Turn, sheet: Any) -> str:
    """« Mission locale d'Évreux, adresse, téléphone »: what the sheet holds, nothing else."""
    data = sheet.data
    told = data.commune_name and not data.postcode and data.commune_name in sheet.title
    town = "" if told else " ".join(part for part in (data.postcode, data.commune_name) if part)
    where = ", ".join(part for part in (sheet.title, data.address, town) if part)
    phone = turn.word("structure_phone", phone=data.phone) if data.phone else ""
    return ". ".join(part for part in (where, phone) if part)


def hours_line(turn: Turn, sheet: Any) -> str:
    """The hours of the sheet, or that they are not known here."""
    if sheet.data.hours:
        return turn.word("structure_hours", title=sheet.title, hours=sheet.data.hours)
    key = "structure_hours_unknown" if sheet.data.phone else "structure_hours_unknown_no_phone"
    return turn.word(key, title=sheet.title)
