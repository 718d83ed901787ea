"""What a card offers on a screen beside its sheet: the event in one's calendar, the place on a map."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote_plus

from channels.messages import Json
from clock import in_paris, now
from knowledge_base.facade import KnowledgeBase
from knowledge_base.schema_kinds import EvenementData, StructureData
from knowledge_base.sheet import Sheet

LINKED_KINDS = frozenset({"evenement", "structure"})
_MAP = "https://www.openstreetmap.org"


def with_links(knowledge: KnowledgeBase, card: Json) -> Json:
    """The card, with `calendar_url` for an event to come and `map_url` for a place whose address is known."""
    if card["kind"] not in LINKED_KINDS:
        return card
    sheet = knowledge.sheet(card["kind"], card["id"])
    return {**card, **links_of(sheet)} if sheet else card


def links_of(sheet: Sheet) -> dict[str, str]:
    """The links of a sheet by name: `calendar_url`, `map_url` with `map_of` ("address", or "commune" when no more is known)."""
    calendar, place = calendar_url(sheet), map_url(sheet)
    found = {"map_url": place, "map_of": "address" if _is_exact(sheet.data) else "commune"} if place else {}
    return {**({"calendar_url": calendar} if calendar else {}), **found}


def calendar_url(sheet: Sheet) -> str | None:
    """Path of the .ics file of an event that is not over; None otherwise (nobody plans a past day)."""
    if not isinstance(sheet.data, EvenementData) or not sheet.data.starts_on:
        return None
    return f"{sheet.url}.ics" if last_day(sheet.data) >= in_paris(now()).date() else None


def last_day(event: EvenementData) -> date:
    """The last day of an event that has a first one."""
    return event.ends_on or event.starts_on or date.min


def map_url(sheet: Sheet) -> str | None:
    """Where the map of a structure opens when the person follows the link: its coordinates, else its address, else its town."""
    data: Any = sheet.data
    if not isinstance(data, StructureData):
        return None
    if data.lat is not None and data.lon is not None:
        return f"{_MAP}/?mlat={data.lat}&mlon={data.lon}#map=17/{data.lat}/{data.lon}"
    if not data.commune_name:
        return None
    town = f"{data.postcode or ''} {data.commune_name}".strip()
    wanted = f"{data.address}, {town}" if data.address else f"{town}, Normandie"
    return f"{_MAP}/search?query={quote_plus(wanted)}"


def _is_exact(data: Any) -> bool:
    return bool(data.address) or (data.lat is not None and data.lon is not None)
