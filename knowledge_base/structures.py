"""Which places welcome people from a commune: those that say so, then the nearest."""

from __future__ import annotations

from knowledge_base.geo.place import Place, distance_km
from knowledge_base.hits import Hit, hit_of
from knowledge_base.search.cards import structure_cards
from knowledge_base.search.snapshot import Card, Snapshot
from language.contractions import contracted

# Beyond, « the nearest » is no help any more.
FURTHEST_KM = 120.0


def structures_for(snapshot: Snapshot, place: Place, type_: str | None, limit: int = 5) -> list[Hit]:
    """Structures of a type (all when None): covering the place first, then by distance, then without an address."""
    ranked = []
    for card in structure_cards(snapshot):
        if type_ and card["type"] != type_:
            continue
        rank, distance, why = _rank(card, place)
        if distance is None or distance <= FURTHEST_KM or rank < 2:
            ranked.append((rank, distance if distance is not None else FURTHEST_KM, card["title"], card, distance, why))
    ranked.sort(key=lambda item: item[:3])
    return [
        hit_of(card, max(0.2, 1.0 - 0.2 * rank - sort_distance / 400), why, distance_km=distance)
        for rank, sort_distance, _, card, distance, why in ranked[:limit]
    ]


def _rank(card: Card, place: Place) -> tuple[int, float | None, str]:
    distance = None
    if card["lat"] is not None and place.lat is not None and place.lon is not None:
        distance = distance_km(place.lat, place.lon, card["lat"], card["lon"])
    covers = set(card.get("covers") or ())
    if card.get("commune") == place.code or place.code in covers:
        return 0, distance, f"À {place.name}" if card.get("commune") == place.code else f"Accueille {place.name}"
    if covers & {place.epci, place.bassin}:
        return 1, distance, contracted(f"Accueille le secteur de {place.name}")
    if distance is not None:
        near = 2 if not covers or covers & place.codes else 3
        return near, distance, contracted(f"À {distance:.0f} km de {place.name}")
    if covers & place.codes:
        return 2, None, f"Accueille le département de {place.name}"
    return 4, None, "Pour toute la Normandie" if not covers else "Autre secteur"
