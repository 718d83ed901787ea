"""How far places are from where somebody asks, and whether they are in a territory."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.geo.place import Place, distance_km
from knowledge_base.places.entities import Site

# « Pas à Rouen » leaves out what lies this near to its centre.
AWAY_KM = 8.0


def distance_to(site: Site, place: Place | None) -> float | None:
    """Kilometres as the crow flies, None when either point is unknown. Zero for a place of the same commune."""
    if place is None or place.lat is None or place.lon is None or site.lat is None or site.lon is None:
        return None
    if place.kind == "commune" and place.code == site.commune_code and not site.exact:
        return 0.0
    return round(distance_km(place.lat, place.lon, site.lat, site.lon), 1)


def within(site: Site, place: Place, near_km: float) -> bool:
    """True when a site is in the département, or near enough to the commune, that was named."""
    if place.kind == "departement":
        return site.departement == place.code
    distance = distance_to(site, place)
    return site.commune_code == place.code or (distance is not None and distance <= near_km)


def away(site: Site, places: Sequence[Place]) -> bool:
    """True when the site is in none of the places that somebody does not want."""
    return not any(within(site, place, AWAY_KM) for place in places)
