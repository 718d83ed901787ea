"""What of the database goes into the index: the names of each sheet, its tags, its card."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from knowledge_base.language import french
from knowledge_base.models import PlaceRow, SheetRow, TradeTitleRow
from knowledge_base.schema_kinds import FormationData, MetierData, StructureData
from knowledge_base.search.schema import OFFER, REFERENCE, kind_tag, level_tag, rhythm_tag
from knowledge_base.sheet import Sheet
from knowledge_base.sheet_rows import sheet_of
from knowledge_base.text import fold, gendered_forms

# An own sheet speaks for a whole ROME code when this share of the code's names begin like one of its own names.
COVERING_SHARE = 0.4
_STEM = 5


@dataclass
class Entry:
    """One sheet to index: `names` are (label shown, folded form) pairs, the first one is the title."""

    sheet: Sheet
    names: list[tuple[str, str]] = field(default_factory=list)
    lat: float | None = None
    lon: float | None = None

    @property
    def is_offer(self) -> bool:
        """True for a course at a provider."""
        return self.sheet.card_level == "offre"

    def tags(self) -> str:
        """The tags of this sheet, space-separated."""
        tags = [kind_tag(self.sheet.kind), OFFER if self.is_offer else REFERENCE]
        data = self.sheet.data
        if isinstance(data, FormationData):
            tags += [rhythm_tag(rhythm) for rhythm in data.rhythms]
            if data.level:
                tags.append(level_tag(data.level))
        return " ".join(tags)

    def card(self) -> dict[str, Any]:
        """What a hit needs, without going back to the database."""
        sheet, data = self.sheet, self.sheet.data
        card = sheet.to_card()
        card |= {"origin": sheet.origin, "place": sheet.place, "lat": self.lat, "lon": self.lon}
        if isinstance(data, StructureData):
            card |= {"type": data.type, "covers": data.covers, "commune": data.commune}
        if isinstance(data, MetierData):
            card |= {"riasec": data.riasec, "tastes": data.tastes, "short_studies": short_studies(data)}
        return card

    def body(self) -> str:
        """The folded text of the sheet, for questions that name nothing."""
        sheet = self.sheet
        data: Any = sheet.data
        parts = [sheet.title, sheet.summary, *sheet.also, *(text for _, text in sheet.sections())]
        parts += getattr(data, "tastes", [])
        return fold(" ".join(parts))


def short_studies(data: MetierData) -> bool:
    """True when the ways in that the sheet names start at a CAP, a bac or no diploma at all."""
    ways = fold(data.access.diplomes or "").split()
    return bool({"cap", "bac", "bep", "sans"} & set(ways)) and not {"master", "doctorat", "ingenieur"} & set(ways)


def read_entries(connection: Connection) -> Iterator[Entry]:
    """All entries, reference sheets first (they fit in memory), then the course offers, streamed."""
    coordinates = _coordinates(connection)
    sheets = list(_sheets(connection, offers=False))
    titles = _trade_titles(connection)
    covering = covering_sheets(sheets, titles)
    extra = _titles_by_sheet(sheets, titles, covering)
    for sheet in sheets:
        if sheet.origin == "rome" and sheet.rome[0] in covering:
            continue  # the agency's own sheet answers for this trade, with all its names
        yield _entry(sheet, extra.get((sheet.kind, sheet.id), []), coordinates)
    for sheet in _sheets(connection, offers=True):
        yield _entry(sheet, [], coordinates)


def covering_sheets(sheets: list[Sheet], titles: dict[str, list[str]]) -> dict[str, Sheet]:
    """ROME code → the one own sheet that speaks for the whole code.

    « Coiffeur » speaks for D1202, where most names begin with « coiff »; « Ingénieur aéronautique » does not speak for
    the hundreds of names of H1206, which keeps its imported sheet.
    """
    candidates: dict[str, list[tuple[float, Sheet]]] = defaultdict(list)
    for sheet in sheets:
        if sheet.kind != "metier" or sheet.origin == "rome":
            continue
        for code in sheet.rome:
            share = _share_alike(sheet, titles.get(code, []))
            if share >= COVERING_SHARE:
                candidates[code].append((share, sheet))
    best = {code: max(found, key=lambda item: (item[0], -len(item[1].title))) for code, found in candidates.items()}
    return {code: sheet for code, (_, sheet) in best.items()}


def _share_alike(sheet: Sheet, titles: list[str]) -> float:
    if not titles:
        return 1.0
    # All the words of the title: « charpentier de marine » does not speak for every carpenter.
    masculine = {word[:_STEM] for word in gendered_forms(sheet.title)[0].split() if word not in french().light}
    alike = sum(1 for title in titles if masculine <= {word[:_STEM] for word in fold(title).split()})
    return alike / len(titles)


def _titles_by_sheet(
    sheets: list[Sheet], titles: dict[str, list[str]], covering: dict[str, Sheet]
) -> dict[tuple[str, str], list[str]]:
    own_names = (name for sheet in sheets if sheet.origin != "rome" for name in (sheet.title, *sheet.also))
    named = {form for name in own_names for form in gendered_forms(name)}
    rome_sheets = {sheet.rome[0]: sheet for sheet in sheets if sheet.origin == "rome"}
    result: dict[tuple[str, str], list[str]] = {}
    for code, names in titles.items():
        owner = covering.get(code) or rome_sheets.get(code)
        if owner:
            # A name that an own sheet bears already must not lead to two cards.
            result.setdefault((owner.kind, owner.id), []).extend(
                name for name in names if not named.issuperset(gendered_forms(name))
            )
    return result


def _entry(sheet: Sheet, titles: list[str], coordinates: dict[str, tuple[float, float]]) -> Entry:
    entry = Entry(sheet)
    seen: set[str] = set()
    for label in (sheet.title, *sheet.also, *titles):
        for form in gendered_forms(label):
            if form and form not in seen:
                seen.add(form)
                entry.names.append((label, form))
    spells_out = getattr(sheet.data, "spells_out", None)
    if spells_out and fold(spells_out) not in seen:
        entry.names.append((spells_out, fold(spells_out)))
    data: Any = sheet.data
    entry.lat, entry.lon = getattr(data, "lat", None), getattr(data, "lon", None)
    if entry.lat is None and getattr(data, "commune", None) in coordinates:
        entry.lat, entry.lon = coordinates[data.commune]
    return entry


def _sheets(connection: Connection, *, offers: bool) -> Iterator[Sheet]:
    query = select(SheetRow.__table__).where(SheetRow.retired_on.is_(None))
    query = query.where(SheetRow.origin == "lheo") if offers else query.where(SheetRow.origin != "lheo")
    # A fixed order: two builds of one content give the same index.
    query = query.order_by(SheetRow.kind, SheetRow.id)
    for row in connection.execution_options(stream_results=True, yield_per=1000).execute(query).mappings():
        yield sheet_of(dict(row))


def _trade_titles(connection: Connection) -> dict[str, list[str]]:
    query = select(TradeTitleRow.rome, TradeTitleRow.title).where(TradeTitleRow.retired_on.is_(None))
    titles: dict[str, list[str]] = defaultdict(list)
    for rome, title in connection.execute(query.order_by(TradeTitleRow.origin, TradeTitleRow.code)):
        titles[rome].append(title)
    return titles


def _coordinates(connection: Connection) -> dict[str, tuple[float, float]]:
    query = select(PlaceRow.code, PlaceRow.lat, PlaceRow.lon).where(PlaceRow.kind == "commune", PlaceRow.lat.is_not(None))
    return {row.code: (row.lat, row.lon) for row in connection.execute(query)}
