"""The cards of the trades and of the structures, read once per snapshot and shared by all threads."""

from __future__ import annotations

import threading
import weakref

from knowledge_base.search.snapshot import Card, Snapshot

_lock = threading.Lock()
_by_snapshot: weakref.WeakKeyDictionary[Snapshot, dict[str, list[Card]]] = weakref.WeakKeyDictionary()

_by_code: weakref.WeakKeyDictionary[Snapshot, dict[str, Card]] = weakref.WeakKeyDictionary()


def card_of(snapshot: Snapshot, kind: str, sheet_id: str) -> Card | None:
    """The card of a reference sheet, None when it has none of its own."""
    ordinal = snapshot.keys.get(f"{kind}/{sheet_id}")
    return None if ordinal is None else snapshot.card(ordinal)


def cards_of_kind(snapshot: Snapshot, kind: str) -> list[Card]:
    """The cards of one kind, in the order of the index."""
    with _lock:
        kinds = _by_snapshot.setdefault(snapshot, {})
        if kind not in kinds:
            prefix = f"{kind}/"
            kinds[kind] = [snapshot.card(ordinal) for key, ordinal in snapshot.keys.items() if key.startswith(prefix)]
        return kinds[kind]


def trade_cards(snapshot: Snapshot) -> list[Card]:
    """The cards of all trades."""
    return cards_of_kind(snapshot, "metier")


def trades_by_code(snapshot: Snapshot) -> dict[str, Card]:
    """ROME code → the card that describes it best."""
    with _lock:
        if snapshot in _by_code:
            return _by_code[snapshot]
    found: dict[str, Card] = {}
    for card in trade_cards(snapshot):
        for code in card["rome"]:
            if code not in found or _closeness(card) > _closeness(found[code]):
                found[code] = card
    with _lock:
        return _by_code.setdefault(snapshot, found)


def _closeness(card: Card) -> tuple[int, int]:
    # A sheet for this one code describes it better than a sheet for several.
    return -len(card["rome"]), int(card["origin"] == "rome")


def structure_cards(snapshot: Snapshot) -> list[Card]:
    """The cards of all structures."""
    return cards_of_kind(snapshot, "structure")
