"""Which desk serves a commune: the one that says so, else the one of its EPCI or département, else the nearest."""

from __future__ import annotations

from collections.abc import Sequence

from knowledge_base.geo.place import Place
from knowledge_base.places.directory import Directory
from knowledge_base.places.distance import distance_to
from knowledge_base.places.entities import Site, SiteHit
from knowledge_base.places.offers import FAR_AWAY
from language.contractions import contracted

REGION = frozenset({"14", "27", "50", "61", "76"})
FURTHEST_KM = 150.0
# Several types answer to one word.
FAMILIES = {
    "chambre": ("cci", "cma", "chambre_agriculture"),
    "universite": ("universite", "iut"),
    "lycee": ("lycee", "lycee_pro", "lycee_agricole", "lycee_maritime"),
    "cfa": ("cfa",),
    "rectorat": ("rectorat", "dsden"),
    "organisme_formation": ("greta", "afpa", "organisme"),
}
# These serve the whole of their département, whatever else is nearer.
OF_DEPARTEMENT = ("mdph", "cma", "chambre_agriculture", "dsden", "cap_emploi")


def structure_for(directory: Directory, place: Place, type_: str) -> SiteHit | None:
    """The desk of that type for a place, None when none is known in Normandie."""
    found = structures_near(directory, place, type_, 1)
    return found[0] if found else None


def structures_near(directory: Directory, place: Place, type_: str | Sequence[str], limit: int = 3) -> list[SiteHit]:
    """Desks of a type for a place: those that serve it first, then by distance; of two as near, the one with an address."""
    types = FAMILIES.get(type_, (type_,)) if isinstance(type_, str) else type_
    ranked = [_ranked(site, place) for kind in types for site in directory.by_type.get(kind, ())]
    ranked = [item for item in ranked if item[0] < 3 or (item[1] or 0) <= FURTHEST_KM]
    ranked.sort(key=lambda item: (item[0], FAR_AWAY if item[1] is None else item[1], not item[2].site.address, item[2].site.name))
    return [item[2] for item in ranked[:limit]]


def _ranked(site: Site, place: Place) -> tuple[int, float | None, SiteHit]:
    distance = distance_to(site, place)
    rank, why = _rank(site, place, distance)
    return rank, distance, SiteHit(site, distance, why, covers=rank < 2)


def _rank(site: Site, place: Place, distance: float | None) -> tuple[int, str]:
    own = site.territories if not site.territories >= REGION else frozenset()
    if place.code in own and place.kind != "departement":
        return 0, f"Accueille {place.name}"
    if own & {code for code in (place.epci, place.bassin) if code}:
        return 0, contracted(f"Accueille le secteur de {place.name}")
    if site.type in OF_DEPARTEMENT or (own and place.departement in own):
        if site.departement == place.departement:
            return 1, f"Pour tout le département ({site.departement})"
        return 4, ""
    if site.commune_code == place.code:
        return 1, f"À {place.name}"
    if place.kind == "departement" and site.departement == place.code:
        return 2, f"Dans le département {place.name}"
    return 3, "" if distance is None else contracted(f"À {distance:.0f} km de {place.name}")


