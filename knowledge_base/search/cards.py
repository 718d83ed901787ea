"""The cards of the reference sheets, read once per snapshot and shared by all threads."""

from __future__ import annotations

import threading
import weakref

from knowledge_base.search.snapshot import Card, Snapshot

_lock = threading.Lock()
_by_snapshot: weakref.WeakKeyDictionary[Snapshot, dict[tuple[str, str], Card]] = weakref.WeakKeyDictionary()


def reference_cards(snapshot: Snapshot) -> dict[tuple[str, str], Card]:
    """(kind, id) → card of every sheet that is not a course offer."""
    with _lock:
        if snapshot not in _by_snapshot:
            cards = (snapshot.card(ordinal) for ordinal in range(snapshot.references))
            _by_snapshot[snapshot] = {(card["kind"], card["id"]): card for card in cards}
        return _by_snapshot[snapshot]


def cards_of_kind(snapshot: Snapshot, kind: str) -> list[Card]:
    """The cards of one kind, in the order of the index."""
    return [card for (card_kind, _), card in reference_cards(snapshot).items() if card_kind == kind]


def trade_cards(snapshot: Snapshot) -> list[Card]:
    """The cards of all trades."""
    return cards_of_kind(snapshot, "metier")


def structure_cards(snapshot: Snapshot) -> list[Card]:
    """The cards of all structures."""
    return cards_of_kind(snapshot, "structure")
