"""What of the database goes into the index: the names of each sheet, its tags, its card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, select

from knowledge_base.answering import Answer, answers_of
from knowledge_base.kinds import sheet_url
from knowledge_base.models import PlaceRow, SheetRow, TradeTitleRow
from knowledge_base.schema_kinds import FormationData, MetierData, StructureData
from knowledge_base.search.ownership import assign
from knowledge_base.search.schema import kind_tag, level_tag, rhythm_tag
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_rows import codes_of, sheet_of
from knowledge_base.text import fold, gendered_forms

# The origin whose sheets are courses at a provider.
OFFER_ORIGIN = "lheo"


@dataclass
class Entry:
    """One sheet to index: `names` are (label shown, folded form) pairs, the first one is the title."""

    card: dict[str, Any]
    names: list[tuple[str, str]]
    tags: str
    body: str = ""
    lat: float | None = None
    lon: float | None = None
    # What the sheet answers, its questions first.
    answers: tuple[Answer, ...] = ()
    # Codes of public nomenclatures as people write them (« d1102 », « rncp38381 »).
    codes: tuple[str, ...] = ()

    @property
    def is_offer(self) -> bool:
        """True for a course at a provider."""
        return self.card.get("level") == "offre"


def _tags(kind: str, data: dict[str, Any]) -> str:
    tags = [kind_tag(kind)]
    if kind == "formation":
        tags += [rhythm_tag(rhythm) for rhythm in data.get("rhythms") or ()]
        if data.get("level"):
            tags.append(level_tag(data["level"]))
    return " ".join(tags)


def _extra_of_card(sheet: Sheet) -> dict[str, Any]:
    data = sheet.data
    extra: dict[str, Any] = {"origin": sheet.origin, "place": sheet.place}
    if isinstance(data, StructureData):
        extra |= {"type": data.type, "covers": data.covers, "commune": data.commune}
    if isinstance(data, MetierData):
        extra |= {"riasec": data.riasec, "tastes": data.tastes, "short_studies": short_studies(data)}
    if isinstance(data, FormationData):
        extra |= {"diploma_level": data.level, "rhythms": data.rhythms}
    return extra


def _body(sheet: Sheet) -> str:
    """The folded text of the sheet, for questions that name nothing."""
    data: Any = sheet.data
    parts = [sheet.title, sheet.summary, *sheet.also, *(text for _, text in sheet.sections())]
    parts += getattr(data, "tastes", [])
    return fold(" ".join(parts))


def short_studies(data: MetierData) -> bool:
    """True when the ways in that the sheet names start at a CAP, a bac or no diploma at all."""
    ways = fold(data.access.diplomes or "").split()
    return bool({"cap", "bac", "bep", "sans"} & set(ways)) and not {"master", "doctorat", "docteur", "ingenieur"} & set(ways)


def read_entries(connection: Connection, *, without: Collection[str] = ()) -> Iterator[Entry]:
    """All entries, reference sheets first (they fit in memory), then the course offers, streamed.

    `without` are names of trades held out for an evaluation.
    """
    coordinates = coordinates_of(connection)
    yield from read_references(connection, without=without)
    yield from _offers(connection, coordinates)


def read_references(connection: Connection, *, without: Collection[str] = ()) -> Iterator[Entry]:
    """The entries of all sheets but the course offers, in a fixed order."""
    coordinates = coordinates_of(connection)
    sheets = list(_reference_sheets(connection))
    owners = assign(sheets, _trade_titles(connection, without))
    for sheet in owners.kept:
        yield entry_of(sheet, owners.names.get((sheet.kind, sheet.id), []), coordinates)


def entry_of(sheet: Sheet, titles: list[str], coordinates: dict[str, tuple[float, float]]) -> Entry:
    """What the index holds of a sheet; `titles` are further names by which it is found."""
    data: Any = sheet.data
    position = _position(
        {"lat": getattr(data, "lat", None), "lon": getattr(data, "lon", None)}, getattr(data, "commune", None), coordinates
    )
    labels = [sheet.title, *sheet.also, *titles, getattr(data, "spells_out", None) or ""]
    tags = _tags(sheet.kind, {"rhythms": getattr(data, "rhythms", ()), "level": getattr(data, "level", None)})
    card = sheet.to_card() | _extra_of_card(sheet) | {"lat": position[0], "lon": position[1]}
    return Entry(card, _names(labels), tags, _body(sheet), *position, answers=answers_of(sheet), codes=_codes(sheet))


def _codes(sheet: Sheet) -> tuple[str, ...]:
    written = (fold(code if scheme == "rome" else f"{scheme}{code}") for scheme, code in codes_of(sheet) if scheme != "formacode")
    return tuple(sorted(written))


def _names(labels: list[str]) -> list[tuple[str, str]]:
    names: dict[str, str] = {}
    for label in labels:
        for form in gendered_forms(label):
            if form:
                names.setdefault(form, label)
    return [(label, form) for form, label in names.items()]


def _position(data: dict[str, Any], commune: str | None, coordinates: dict[str, tuple[float, float]]) -> tuple[Any, Any]:
    if data.get("lat") is not None:
        return data["lat"], data["lon"]
    return coordinates.get(commune or "", (None, None))


def _offers(connection: Connection, coordinates: dict[str, tuple[float, float]]) -> Iterator[Entry]:
    # There may be hundreds of thousands: their columns were validated when they were imported, so they are read raw.
    columns = (SheetRow.id, SheetRow.title, SheetRow.summary, SheetRow.rome, SheetRow.source, SheetRow.data)
    query = select(*columns).where(SheetRow.origin == OFFER_ORIGIN, SheetRow.retired_on.is_(None)).order_by(SheetRow.id)
    for row in connection.execution_options(stream_results=True, yield_per=1000).execute(query).mappings():
        yield offer_entry(row, coordinates)


def offer_entry(row: Mapping[Any, Any], coordinates: dict[str, tuple[float, float]]) -> Entry:
    """What the index holds of a course at a provider, from the columns of its row."""
    data = row["data"]
    position = _position(data, data.get("commune"), coordinates)
    place = data.get("commune_name")
    card = {
        "kind": "formation", "id": row["id"], "title": row["title"], "text": row["summary"], "rome": row["rome"],
        "subtitle": " · ".join(part for part in (data.get("provider"), place) if part),
        "url": sheet_url("formation", row["id"]), "source": row["source"], "level": "offre", "origin": OFFER_ORIGIN,
        "place": place, "commune": data.get("commune"), "lat": position[0], "lon": position[1],
        "diploma_level": data.get("level"), "rhythms": data.get("rhythms") or [],
    }  # fmt: skip
    return Entry(card, _names([row["title"]]), _tags("formation", data), "", *position)


def _reference_sheets(connection: Connection) -> Iterator[Sheet]:
    query = select(SheetRow.__table__).where(SheetRow.retired_on.is_(None), SheetRow.origin != OFFER_ORIGIN)
    # A fixed order: two builds of one content give the same index.
    for row in connection.execute(query.order_by(SheetRow.kind, SheetRow.id)).mappings():
        yield sheet_of(dict(row))


def _trade_titles(connection: Connection, without: Collection[str]) -> dict[str, list[str]]:
    query = select(TradeTitleRow.rome, TradeTitleRow.title).where(TradeTitleRow.retired_on.is_(None))
    titles: dict[str, list[str]] = defaultdict(list)
    for rome, title in connection.execute(query.order_by(TradeTitleRow.origin, TradeTitleRow.code)):
        if title not in without:
            titles[rome].append(title)
    return titles


def coordinates_of(connection: Connection) -> dict[str, tuple[float, float]]:
    """INSEE code of a commune → latitude and longitude in degrees."""
    query = select(PlaceRow.code, PlaceRow.lat, PlaceRow.lon).where(PlaceRow.kind == "commune", PlaceRow.lat.is_not(None))
    return {row.code: (row.lat, row.lon) for row in connection.execute(query)}
