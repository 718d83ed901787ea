"""The cards of the trades and of the structures, read once per snapshot and shared by all threads."""

from __future__ import annotations

import threading
import weakref

from knowledge_base.search.snapshot import Card, Snapshot

_lock = threading.Lock()
_by_snapshot: weakref.WeakKeyDictionary[Snapshot, dict[str, list[Card]]] = weakref.WeakKeyDictionary()


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


def structure_cards(snapshot: Snapshot) -> list[Card]:
    """The cards of all structures."""
    return cards_of_kind(snapshot, "structure")
