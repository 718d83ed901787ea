"""From one sheet to others: neighbouring trades, courses that lead to a trade, references of a definition."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, select

from knowledge_base.hits import Hit, hit_of
from knowledge_base.models import MobilityRow
from knowledge_base.redirects import resolve_pair
from knowledge_base.schema_kinds import FormationData, MetierData, TermeData
from knowledge_base.search.cards import card_of, trade_cards
from knowledge_base.search.snapshot import Card, Snapshot
from knowledge_base.sheet import Sheet

STEPS = {"proche": ("Métier proche", 0.9), "evolution": ("Évolution possible", 0.7)}


def neighbours(connection: Connection, snapshot: Snapshot, rome: str, limit: int) -> list[Hit]:
    """One hit per neighbouring ROME code that has a sheet, close ones first."""
    query = select(MobilityRow.target, MobilityRow.step).where(MobilityRow.rome == rome)
    targets = dict(connection.execute(query.order_by(MobilityRow.target)).tuples().all())
    by_code: dict[str, Card] = {}
    for card in trade_cards(snapshot):
        for code in card["rome"]:
            # An own sheet that came first stays; an imported one gives way to the agency's.
            if code in targets and (code not in by_code or by_code[code]["origin"] == "rome"):
                by_code[code] = card
    hits: dict[str, Hit] = {}
    for code, card in by_code.items():
        why, score = STEPS[targets[code]]
        hits.setdefault(card["id"], hit_of(card, score, why))
    return sorted(hits.values(), key=lambda hit: (-hit.score, hit.title))[:limit]


def related(connection: Connection, snapshot: Snapshot, sheet: Sheet, limit: int) -> list[Hit]:
    """What the editors wrote first, then what the ROME codes say."""
    found = _cards_of(snapshot, references_of(sheet))
    hits = [hit_of(card, 0.9, "À lire aussi") for card in found]
    if sheet.kind == "metier":
        for code in sheet.rome:
            hits += neighbours(connection, snapshot, code, limit)
    unique = {(hit.kind, hit.id): hit for hit in reversed(hits) if (hit.kind, hit.id) != (sheet.kind, sheet.id)}
    return list(reversed(unique.values()))[:limit]


def references_of(sheet: Sheet) -> list[tuple[str, str]]:
    """(kind, id) of the sheets that a sheet points at."""
    data = sheet.data
    if isinstance(data, MetierData):
        return [("metier", name) for name in data.related] + [("formation", name) for name in data.access.formations]
    if isinstance(data, FormationData):
        return [("metier", name) for name in data.trades]
    if isinstance(data, TermeData):
        return [(kind, name) for kind, _, name in (reference.partition("/") for reference in data.see)]
    return []


def _cards_of(snapshot: Snapshot, references: Iterable[tuple[str, str]]) -> list[Card]:
    found = (card_of(snapshot, *pair) or card_of(snapshot, *resolve_pair(*pair)) for pair in references)
    return [card for card in found if card]
